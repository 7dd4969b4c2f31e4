"""What is known of one article: its passages, whom they derive from, why, and what was damaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.domain import Article, Derivation, Garble, Label, Relation, Stale, Verdict
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store

LABELS = {
    Label.WHOLLY: "wholly derived",
    Label.PARTIALLY: "partially derived",
    Label.NON: "not derived",
}
HOW = {
    Relation.COPY: "derives from",
    Relation.COMMON_SOURCE: "comes from the same thing as",
    Relation.UNDECIDED: "shares its text (who took it from whom can't be told) with",
}


@dataclass(frozen=True, slots=True)
class TracedPassage:
    """One derived passage as it is shown."""

    text: str
    derivation: Derivation
    origin: str
    garbles: tuple[Garble, ...]
    stale: tuple[Stale, ...] = ()

    def sentence(self) -> str:
        """Whom it derives from, and how sure that is."""
        derivation = self.derivation
        if derivation.parent is None:
            return f"origin: {self.origin}; the text it was taken from isn't held"
        where = f"{derivation.parent.article} {derivation.parent.span.start}–{derivation.parent.span.end}"
        sure = f"confidence {derivation.confidence:.2f}"
        return f"{HOW[derivation.relation]} {where}; origin: {self.origin}; {sure}"


@dataclass(frozen=True, slots=True)
class Traced:
    """An article with what was found of it."""

    article: Article
    source: str
    verdict: Verdict | None
    passages: tuple[TracedPassage, ...]
    garbles: tuple[Garble, ...]
    origins: tuple[tuple[str, float], ...]
    stale: tuple[Stale, ...] = ()
    heirs: int = 0

    def heading(self) -> str:
        """Which article this is."""
        when = str(self.article.published) if self.article.published else "time unknown"
        title = f" — {self.article.title}" if self.article.title else ""
        removed = f" [text removed {self.article.removed.at}]" if self.article.removed else ""
        return f"{self.article.id} ({self.source}, {when}){title}{removed}"

    def verdict_sentence(self) -> str:
        """What was found of the whole article."""
        if self.verdict is None and self.article.removed:
            return "Not audited: its text was removed before it was."
        if self.verdict is None:
            return "Not audited yet: run auditor audit."
        if self.verdict.label is Label.NON and not self.passages:
            return f"Nothing derived was found: {self.verdict.reason}{self._taken_on()}"
        origins = ", ".join(f"{name} {share:.0%}" for name, share in self.origins)
        return (
            f"{LABELS[self.verdict.label]}: {self.verdict.derived_share:.0%} of its text derives from "
            f"other articles, {self.verdict.wire_share:.0%} from wire copy"
            + (f"; origins: {origins}" if origins else "")
        )

    def _taken_on(self) -> str:
        """Who shares text with an article that has it from nobody: those that took it from there."""
        if not self.heirs:
            return ""
        return f"; {self.heirs} other{'s have' if self.heirs > 1 else ' has'} text that goes back to it"

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        verdict = self.verdict
        return {
            "id": self.article.id,
            "source": self.source,
            "published_at": str(self.article.published) if self.article.published else None,
            "title": self.article.title,
            "text_removed_at": str(self.article.removed.at) if self.article.removed else None,
            "label": verdict.label.value if verdict else None,
            "derived_share": round(verdict.derived_share, 4) if verdict else None,
            "wire_share": round(verdict.wire_share, 4) if verdict else None,
            "reason": verdict.reason if verdict else "not audited yet",
            "origins": [{"source": name, "share": round(share, 4)} for name, share in self.origins],
            "passages": [_passage_row(passage) for passage in self.passages],
            "garbles": [_garble_row(garble) for garble in self.garbles],
            "stale": [_stale_row(one) for one in self.stale],
        }


def trace(store: Store, registry: Registry, article_id: str) -> Traced:
    """Put together what the store knows of an article. Raises NotFound."""
    article = store.article(article_id)
    verdict = next(iter(store.verdicts([article_id])), None)
    return traced(
        article,
        registry,
        verdict,
        tuple(store.derivations([article_id])),
        tuple(store.garbles([article_id])),
        tuple(store.stale([article_id])),
        heirs=len(_copies(store, article_id)),
    )


def _copies(store: Store, article_id: str) -> set[str]:
    """The articles that copied from this one."""
    return {row.article for row in store.derived_from(article_id) if row.relation is Relation.COPY}


def traced(
    article: Article,
    registry: Registry,
    verdict: Verdict | None,
    derivations: tuple[Derivation, ...],
    garbles: tuple[Garble, ...],
    stale: tuple[Stale, ...] = (),
    *,
    heirs: int = 0,
) -> Traced:
    """The values that a page or a terminal shows, put together."""
    passages = tuple(
        TracedPassage(
            derivation.span.of(article.text),
            derivation,
            _origin_name(derivation, registry),
            tuple(garble for garble in garbles if derivation.span.contains(garble.span)),
            tuple(one for one in stale if derivation.span.contains(one.span)),
        )
        for derivation in derivations
    )
    origins = tuple(
        (registry.name_of(share.source) or "unknown", share.share)
        for share in (verdict.origins if verdict else ())
    )
    return Traced(
        article,
        registry.name_of(article.source) or "source unknown",
        verdict,
        passages,
        garbles,
        origins,
        stale,
        heirs,
    )


def _origin_name(derivation: Derivation, registry: Registry) -> str:
    name = registry.name_of(derivation.origin.source)
    if derivation.origin.article is None:
        return f"{name} (inferred, its item isn't held)" if name else "unknown"
    return f"{name} ({derivation.origin.article})" if name else derivation.origin.article


def _passage_row(passage: TracedPassage) -> dict[str, Any]:
    derivation = passage.derivation
    parent = derivation.parent
    return {
        "start": derivation.span.start,
        "end": derivation.span.end,
        "text": passage.text,
        "kind": derivation.kind.value,
        "similarity": round(derivation.similarity, 4),
        "parent": {"id": parent.article, "start": parent.span.start, "end": parent.span.end}
        if parent
        else None,
        "origin": passage.origin,
        "relation": derivation.relation.value,
        "confidence": round(derivation.confidence, 4),
        "evidence": [
            {"kind": item.kind, "detail": item.detail, "weight": round(item.weight, 4)}
            for item in derivation.evidence
        ],
    }


def _stale_row(stale: Stale) -> dict[str, Any]:
    return {
        "start": stale.span.start,
        "end": stale.span.end,
        "taken": stale.taken,
        "current": stale.current,
        "status": stale.status.value,
        "hours": stale.hours,
        "detail": stale.detail,
    }


def _garble_row(garble: Garble) -> dict[str, Any]:
    return {
        "start": garble.span.start,
        "end": garble.span.end,
        "kind": garble.kind.value,
        "severity": garble.severity.value,
        "before": garble.before,
        "after": garble.after,
        "introduced_by": garble.introduced_by,
        "detail": garble.detail,
    }
