"""Makes the pages of one unit, and its lines of the lists that speak of everything.

    facts → digests → the pages that changed
          ↘ lines, rows, what the overview is told → index

It decides nothing about which units are to be made; it must not know stores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from zoneinfo import ZoneInfo

from auditor.registry import Registry
from auditor.report import crediting, digests, formats, naming
from auditor.report.composition import Part
from auditor.report.facts import ArticleFacts
from auditor.report.files import garble_rows, links, loner_row, pickup_rows
from auditor.report.gather import Batch
from auditor.report.index import Line
from auditor.report.render import Renderer
from auditor.report.staging import Staging
from auditor.report.tables import SetRows, set_rows
from auditor.report.units import Unit
from auditor.report.views.article import article_page
from auditor.report.views.garbles import counts_of, garble_row
from auditor.report.views.loners import loner
from auditor.report.views.method import TextDigest
from auditor.report.views.overview import SKYLINE, TURNS_A_STORY, story_told
from auditor.report.views.pair import pair_page
from auditor.report.views.sources import recent, tallied
from auditor.report.views.story import StoryPage, story_page
from auditor.report.wording import KINDS

# Of a number that counts downwards in a sorting key.
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Skyline:
    """A story's first pickups, of so many in all."""

    shown: tuple[tuple[Part, ...], ...]
    all: int


class Maker:
    """Makes units, and notes them in the index."""

    def __init__(self, staging: Staging, renderer: Renderer, registry: Registry, zone: ZoneInfo) -> None:
        self._staging, self._renderer = staging, renderer
        self._registry, self._zone = registry, zone

    def make(self, unit: Unit, members: Sequence[ArticleFacts], batch: Batch) -> frozenset[str]:
        """Make a unit; returns the articles outside it that it speaks of."""
        own = [digests.own_digest(facts.article) for facts in members]
        made = [digests.article_digest(facts, alone) for facts, alone in zip(members, own, strict=True)]
        page = story_page(unit.story, members, self._registry, self._zone) if unit.story else None
        if page:
            digest = digests.story_digest(page.title, made)
            self._put(unit, page.href, "story", digest, lambda: page)
        alone = {facts.article.id: digest for facts, digest in zip(members, own, strict=True)}
        inside = {facts.article.id: facts for facts in members}
        for facts, digest in zip(members, made, strict=True):
            self._put(unit, facts.head.href, "article", digest, self._article_page(facts))
            self._pairs(unit, facts, digest, inside, alone, batch)
        named = frozenset().union(*(facts.named for facts in members)) - alone.keys()
        self._note(unit, members, page, named)
        return named

    def _article_page(self, facts: ArticleFacts) -> Callable[[], object]:
        captured = formats.when(facts.article.captured, self._zone) if facts.article.captured else None
        return lambda: article_page(facts, self._registry, captured=captured)

    def _pairs(
        self,
        unit: Unit,
        facts: ArticleFacts,
        digest: bytes,
        inside: dict[str, ArticleFacts],
        alone: dict[str, bytes],
        batch: Batch,
    ) -> None:
        """The pages of an article beside each of its parents."""
        for name in dict.fromkeys(d.parent.article for d in facts.derivations if d.parent):
            parent = inside.get(name) or batch.stranger(name)
            if parent:
                held = alone.get(name) or digests.own_digest(parent.article)
                self._put(
                    unit,
                    naming.pair_page(facts.article.id, name),
                    "pair",
                    digests.pair_digest(digest, held),
                    self._pair_page(facts, parent),
                )

    def _pair_page(self, facts: ArticleFacts, parent: ArticleFacts) -> Callable[[], object]:
        return lambda: pair_page(facts, parent, self._registry)

    def _put(self, unit: Unit, name: str, kind: str, digest: bytes, page: Callable[[], object]) -> None:
        """Make a page, unless the one that stands was made from the same."""
        index = self._staging.index
        if index.digest(name) == digest and self._staging.stands(name):
            self._staging.unchanged += 1
        else:
            files = links("pickups") if kind == "story" else ()
            html = self._renderer.page(kind, page(), zone=str(self._zone), root="../", page_files=files)
            self._staging.write(name, html)
        index.put_page(name, unit.name, digest)

    def _note(
        self, unit: Unit, members: Sequence[ArticleFacts], page: StoryPage | None, named: frozenset[str]
    ) -> None:
        digest = TextDigest()
        for facts in members:
            digest.add(facts.article)
        states = [crediting.credit_state(facts, self._registry) for facts in members]
        told = {
            "digest": digest.value,
            "garbles": counts_of(members),
            "articles": [
                astuple(tallied(facts, credit)) for facts, credit in zip(members, states, strict=True)
            ],
            "story": astuple(story_told(page, members)) if page else None,
        }
        self._staging.index.put(
            unit.name,
            told=told,
            articles=[facts.article.id for facts in members],
            mentions=named,
            lines=self._lines(unit, members, page, states),
        )

    def _lines(
        self,
        unit: Unit,
        members: Sequence[ArticleFacts],
        page: StoryPage | None,
        states: Sequence[crediting.CreditState],
    ) -> Iterator[Line]:
        if page:
            yield from self._of_story(unit, page)
            yield _rows_line("pickups", unit, set_rows(pickup_rows(page, members)))
        else:
            row = loner(members[0])
            yield Line("loner", "", unit.name, (), self._renderer.part("unit_rows", "loner", row))
            yield _rows_line("alone", unit, set_rows([loner_row(row, members[0])]))
        for facts, credit in zip(members, states, strict=True):
            if facts.is_pickup:
                html = self._renderer.part("unit_rows", "pickup", recent(facts, credit), root="../")
                place = f"{facts.head.published or ''}\x00{facts.article.id}"
                place_key = place.encode("utf-8", "surrogatepass")
                yield Line("pickup", facts.article.source or "", place_key, (), html)
        yield from self._garbles(unit, members)
        if any(facts.garbles for facts in members):
            yield _rows_line("garbles", unit, set_rows(garble_rows(members)))

    def _of_story(self, unit: Unit, page: StoryPage) -> Iterator[Line]:
        bars = Skyline(tuple(row.parts for row in page.pickups[:SKYLINE]), len(page.pickups))
        yield Line("skyline", page.id, b"", (), self._renderer.part("story_rows", "first_of", bars))
        for turn in page.turns[:TURNS_A_STORY]:
            severity, carriers, grave = turn.rank
            place = f"{severity} {_MOST + carriers} {_MOST + grave} ".encode() + unit.name
            html = self._renderer.part("turn", "card", turn)
            yield Line("turn", "", place + turn.anchor.encode(), (), html)

    def _garbles(self, unit: Unit, members: Sequence[ArticleFacts]) -> Iterator[Line]:
        number = 0
        for facts in members:
            for garble in facts.garbles:
                row = garble_row(facts, garble)
                number += 1
                yield Line(
                    "garble",
                    garble.kind.value,
                    unit.name + b"\x00" + number.to_bytes(4),
                    (KINDS[garble.kind].label, row.article.label, row.story, row.rank),
                    self._renderer.part("garble_rows", "row", row),
                )


def _rows_line(name: str, unit: Unit, rows: SetRows) -> Line:
    """Rows of a file, kept as a line: those of the sheet as its HTML."""
    return Line("rows", name, unit.name, (rows.csv, rows.count), rows.sheet)
