"""Turns domain values into rows of the tables and back, and says what can't be stored.

Pure: no connection, no clock. Texts pass unchanged; what no database of ours could give back unchanged
is refused here, alike for all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from auditor.domain import (
    Article,
    Derivation,
    Evidence,
    Garble,
    GarbleKind,
    Label,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Removed,
    Severity,
    Share,
    Source,
    SourceKind,
    Span,
    Status,
    Verdict,
)
from auditor.storage.records import Outline, Run
from auditor.storage.texts import text_of, text_values

Values = dict[str, Any]
AnyRow = Row[*tuple[Any, ...]]

# PostgreSQL's index holds at most 2,704 bytes a value; a code point takes up to four.
MAX_ID_LENGTH = 600
# PostgreSQL stores no NUL, and neither database stores half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TO_THE_SECOND = len("2015-12-11T08:30:00Z")
_TEXTS = ("id", "source", "url", "title", "byline", "credit", "language", "revises", "text")


def refusal(article: Article) -> str | None:
    """Why the article can't be stored as given, in plain words; None where it can."""
    if not article.id:
        return "it has no id"
    if len(article.id) > MAX_ID_LENGTH:
        return f"its id is longer than {MAX_ID_LENGTH} characters"
    for name in _TEXTS:
        found = _UNSTORABLE.search(getattr(article, name) or "")
        if found:
            return f"its {name} holds {_named(found.group())} at offset {found.start()}"
    try:
        found = _UNSTORABLE.search(packed(dict(article.extra)))
    except (TypeError, ValueError) as error:
        return f"what came along can't be kept as JSON: {error}"
    return f"what came along holds {_named(found.group())}" if found else None


def storable(text: str) -> bool:
    """Can every database of ours hold this text?"""
    return _UNSTORABLE.search(text) is None


def legible(text: str) -> str:
    """The text with what can't be stored written out, for names and reasons in the ledger."""
    return _UNSTORABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def digest_of(text: str) -> bytes:
    """The SHA-256 of the text in UTF-8."""
    return sha256(text.encode()).digest()


def moment_text(moment: Moment | None) -> str | None:
    """A time as FORMATS.md writes it: to the second, or a day where no more is known."""
    if moment is None:
        return None
    at = moment.earliest.replace(tzinfo=None, microsecond=0)
    return f"{at.isoformat()}Z" if moment.is_exact else at.date().isoformat()


def moment_of(text: str | None) -> Moment | None:
    """The time that ``moment_text`` wrote."""
    if text is not None and len(text) == _TO_THE_SECOND:
        at = datetime.fromisoformat(text)
        return Moment(at, at)
    return None if text is None else Moment.parse(text)


def _named(character: str) -> str:
    return "a NUL character" if character == "\x00" else f"half a surrogate pair (U+{ord(character):04X})"


def packed(value: object) -> str:
    """JSON that is the same for equal values, whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# Sources and runs


def source_values(source: Source) -> Values:
    """The row of a source."""
    return {
        "key": source.key,
        "name": source.name,
        "kind": source.kind.value,
        "domains": packed(source.domains),
        "aliases": packed(source.aliases),
        "credits": packed(source.credits),
        "datelines": packed(source.datelines),
        "owner": source.owner,
    }


def source_of(row: AnyRow) -> Source:
    """The source of a row."""
    return Source(
        key=row.key,
        name=row.name,
        kind=SourceKind(row.kind),
        domains=tuple(json.loads(row.domains)),
        aliases=tuple(json.loads(row.aliases)),
        credits=tuple(json.loads(row.credits)),
        datelines=tuple(json.loads(row.datelines)),
        owner=row.owner,
    )


def run_of(row: AnyRow) -> Run:
    """The run of a row."""
    return Run(
        key=row.key,
        command=row.command,
        parameters=json.loads(row.parameters),
        started=Moment.parse(row.started_at),
        ended=moment_of(row.ended_at),
        status=row.status,
        counts=json.loads(row.counts),
    )


def parameters_text(parameters: Mapping[str, Any]) -> str:
    """A job's parameters as JSON; what JSON doesn't know (a path, say) as its text."""
    return legible(json.dumps(dict(parameters), ensure_ascii=False, sort_keys=True, default=str))


# Articles


def revision_values(article: Article, *, key: int, number: int, run: int) -> Values:
    """The row of one captured text with what came along."""
    return {
        "article_key": key,
        "number": number,
        "run_key": run,
        "digest": digest_of(article.text),
        "length": len(article.text),
        **text_values(article.text),
        **metadata_values(article),
    }


def metadata_values(article: Article) -> Values:
    """What came along with a text, as columns of its revision."""
    return {
        "source_key": article.source,
        "url": article.url,
        "title": article.title,
        "byline": article.byline,
        "credit": article.credit,
        "language": article.language,
        "published_at": moment_text(article.published),
        "captured_at": moment_text(article.captured),
        "revises": article.revises,
        "status": article.status.value,
        "extra": packed(dict(article.extra)) if article.extra else None,
    }


def article_of(row: AnyRow) -> Article:
    """The article of a joined row of article and revision; a stand-in takes the place of a removed text."""
    at = moment_of(row.purged_at)
    return Article(
        id=row.id,
        text=text_of(row.text, row.packed, row.length),
        source=row.source_key,
        url=row.url,
        title=row.title,
        byline=row.byline,
        credit=row.credit,
        language=row.language,
        published=moment_of(row.published_at),
        captured=moment_of(row.captured_at),
        revises=row.revises,
        status=Status(row.status),
        revision=row.number,
        extra=json.loads(row.extra) if row.extra else {},
        removed=Removed(at, row.digest.hex()) if at else None,
    )


def outline_of(row: AnyRow) -> Outline:
    """The outline of a joined row of article and revision."""
    return Outline(
        key=row.key,
        id=row.id,
        source=row.source_key,
        title=row.title,
        published=moment_of(row.published_at),
        captured=moment_of(row.captured_at),
        status=Status(row.status),
        revision=row.number,
        length=row.length,
        digest=row.digest.hex(),
        revises=row.revises,
        is_removed=row.purged_at is not None,
        byline=row.byline,
    )


# Findings. ``keys`` gives the number of each article that they name.


def derivations_text(rows: Iterable[Derivation]) -> str:
    """Rows of one article as JSON, all but the article's id."""
    return packed([_derivation_values(row) for row in rows])


def _derivation_values(row: Derivation) -> list[Any]:
    parent, origin = row.parent, row.origin
    return [
        list(row.span),
        [parent.article, *parent.span] if parent else None,
        [origin.source, origin.article],
        row.relation.value,
        row.confidence,
        row.kind.value,
        row.similarity,
        [[each.kind, each.detail, each.weight] for each in row.evidence],
    ]


def derivations_of(article: str, told: str) -> tuple[Derivation, ...]:
    """The rows that ``derivations_text`` wrote."""
    return tuple(
        Derivation(
            article,
            Span(*span),
            Place(parent[0], Span(*parent[1:])) if parent else None,
            Origin(*origin),
            Relation(relation),
            confidence,
            MatchKind(kind),
            similarity,
            tuple(Evidence(*each) for each in evidence),
        )
        for span, parent, origin, relation, confidence, kind, similarity, evidence in json.loads(told)
    )


def verdict_values(verdict: Verdict, keys: Mapping[str, int]) -> Values:
    """The row of a verdict."""
    return {
        "article_key": keys[verdict.article],
        "derived_share": verdict.derived_share,
        "wire_share": verdict.wire_share,
        "label": verdict.label.value,
        "origins": packed([[each.source, each.share] for each in verdict.origins]),
        "reason": verdict.reason,
    }


def verdict_of(row: AnyRow) -> Verdict:
    """The verdict of a row joined with its article."""
    return Verdict(
        article=row.article_id,
        derived_share=row.derived_share,
        wire_share=row.wire_share,
        label=Label(row.label),
        origins=tuple(Share(*each) for each in json.loads(row.origins)),
        reason=row.reason,
    )


def garble_values(garble: Garble, keys: Mapping[str, int]) -> Values:
    """The row of a garble."""
    return {
        "article_key": keys[garble.article],
        "span_start": garble.span.start,
        "span_end": garble.span.end,
        "kind": garble.kind.value,
        "severity": garble.severity.value,
        "before": garble.before,
        "after": garble.after,
        **_parent_values(garble.parent, keys),
        "introduced_key": keys[garble.introduced_by],
        "detail": garble.detail,
    }


def garble_of(row: AnyRow) -> Garble:
    """The garble of a row joined with its articles."""
    return Garble(
        article=row.article_id,
        span=Span(row.span_start, row.span_end),
        kind=GarbleKind(row.kind),
        severity=Severity(row.severity),
        before=row.before,
        after=row.after,
        parent=_parent_of(row),
        introduced_by=row.introduced_id,
        detail=row.detail,
    )


def _parent_values(parent: Place | None, keys: Mapping[str, int]) -> Values:
    return {
        "parent_key": keys[parent.article] if parent else None,
        "parent_start": parent.span.start if parent else None,
        "parent_end": parent.span.end if parent else None,
    }


def _parent_of(row: AnyRow) -> Place | None:
    if row.parent_id is None:
        return None
    return Place(row.parent_id, Span(row.parent_start, row.parent_end))
