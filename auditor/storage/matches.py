"""Stores the matches of articles: a row an article, with all that it shares with such as sort after it.

Each match stands once, with the article whose id sorts first; the other one knows the first by its key. Must
not know how matches are found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from sqlalchemy import Connection, Row, delete, select

from auditor.domain import Match, MatchKind, Place, Span
from auditor.errors import StoreProblem
from auditor.storage.connected import batched, insert_rows
from auditor.storage.match_packing import (
    Spans,
    packed_keys,
    packed_matches,
    unpacked_keys,
    unpacked_matches,
)
from auditor.storage.rows import Values
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, MATCHED

# Articles whose matches are unpacked at once when all are read.
AT_ONCE = 200
# Of a match's spans: where it stands, without its likeness.
_PLACES = 4
_IN_ORDER = attrgetter("a.article", "a.span", "b.article", "b.span")


@dataclass
class _Shelf:
    """What one article's row holds; unpacked only where it is asked for."""

    before: bytes = b""
    packed: bytes = b""
    is_changed: bool = field(default=False)

    @cached_property
    def partners(self) -> set[int]:
        """The articles that sort before it and hold matches with it."""
        return unpacked_keys(self.before)

    @cached_property
    def matches(self) -> dict[int, list[Spans]]:
        """Its matches with articles that sort after it."""
        return unpacked_matches(self.packed)

    def all_partners(self) -> set[int]:
        """All articles that it shares anything with."""
        return self.partners.union(self.matches)

    def drop(self, key: int) -> None:
        """Forget everything shared with that article."""
        self.partners.discard(key)
        self.matches.pop(key, None)
        self.is_changed = True

    def values(self, key: int) -> Values:
        """Its row, under its article's key."""
        return {
            "article_key": key,
            "before": packed_keys(self.partners) if "partners" in self.__dict__ else self.before,
            "packed": packed_matches(self.matches) if "matches" in self.__dict__ else self.packed,
        }


class Matches(Stamps):
    """The matches of a store."""

    def replace_matches(self, articles: Iterable[str], matches: Iterable[Match]) -> None:
        """Delete every match that touches one of the articles, and insert these; raises NotFound."""
        with self._writing() as connection:
            keys = set(self._known(articles).values())
            found = list(matches)
            known = self._known({place.article for each in found for place in (each.a, each.b)})
            shelves = self._match_shelves(connection, keys.union(known.values()))
            touched = keys.union(known.values(), self._drop_matches(connection, keys, shelves))
            for match in found:
                a, b = (match.a, match.b) if match.a.article <= match.b.article else (match.b, match.a)
                first, second = shelves[known[a.article]], shelves[known[b.article]]
                spans = (*a.span, *b.span, match.similarity, match.kind.value)
                theirs = first.matches.setdefault(known[b.article], [])
                if any(held[:_PLACES] == spans[:_PLACES] for held in theirs):
                    raise StoreProblem(f"a match of {a.article} and {b.article} is told twice", "report this")
                theirs.append(spans)
                second.partners.add(known[a.article])
                first.is_changed = second.is_changed = True
            self._put(connection, shelves)
            self._touch(connection, touched)

    def matches(self, ids: Iterable[str] | None = None) -> Iterator[Match]:
        """Matches that touch one of the articles (all without ids), sorted by a, its span, b, its span."""
        if ids is None:
            query = select(ARTICLE.c.id, MATCHED.c.packed).join(
                MATCHED, MATCHED.c.article_key == ARTICLE.c.key
            )
            rows = self._rows(query.where(MATCHED.c.packed != b"").order_by(ARTICLE.c.id), batch=AT_ONCE)
            for some in batched(rows, AT_ONCE):
                yield from self._all_of(some)
            return
        keys = set(self.keys_of(ids).values())
        with self._reading() as connection:
            shelves = self._match_shelves(connection, keys)
            others = {key for shelf in shelves.values() for key in shelf.partners} - keys
            shelves |= self._match_shelves(connection, others)
        held = [
            (first, second, spans)
            for first, shelf in shelves.items()
            for second, theirs in shelf.matches.items()
            if first in keys or second in keys
            for spans in theirs
        ]
        names = self.ids_of({key for first, second, _ in held for key in (first, second)})
        yield from sorted((_match(names[a], names[b], spans) for a, b, spans in held), key=_IN_ORDER)

    def sharing(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Each two articles that share a match, one of them among these, sorted, the lesser id first.

        Takes a fraction of the memory that their matches would.
        """
        pairs: set[tuple[int, int]] = set()
        query = select(MATCHED).where(*self._some(MATCHED.c.article_key, ids))
        for row in self._rows(query, batch=AT_ONCE):
            pairs.update((first, row.article_key) for first in unpacked_keys(row.before))
            pairs.update((row.article_key, second) for second in unpacked_matches(row.packed))
        names = self.ids_of({key for pair in pairs for key in pair})
        return sorted((names[first], names[second]) for first, second in pairs)

    def _all_of(self, rows: Collection[Row[str, bytes]]) -> Iterator[Match]:
        """The matches of rows that are sorted by article, sorted."""
        unpacked = [(row.id, unpacked_matches(row.packed)) for row in rows]
        names = self.ids_of({key for _, shared in unpacked for key in shared})
        for name, shared in unpacked:
            found = (_match(name, names[key], spans) for key, theirs in shared.items() for spans in theirs)
            yield from sorted(found, key=_IN_ORDER)

    def _forget_matches(self, connection: Connection, keys: Collection[int]) -> set[int]:
        """Delete every match of these articles; returns the articles that shared them."""
        shelves = self._match_shelves(connection, set(keys))
        others = self._drop_matches(connection, keys, shelves)
        self._put(connection, shelves)
        return others

    def _drop_matches(
        self, connection: Connection, keys: Collection[int], shelves: dict[int, _Shelf]
    ) -> set[int]:
        """Take all matches of these articles from the shelves; returns whom they shared them with."""
        others = {key for name in keys for key in shelves[name].all_partners()}
        shelves.update(self._match_shelves(connection, others - shelves.keys()))
        for name in keys:
            for other in shelves[name].all_partners():
                shelves[other].drop(name)
            shelves[name] = _Shelf(is_changed=True)
        return others

    def _match_shelves(self, connection: Connection, keys: Collection[int]) -> dict[int, _Shelf]:
        """The shelf of each of these articles, an empty one where it has none."""
        query = select(MATCHED).where(self._among(MATCHED.c.article_key, keys))
        held = {row.article_key: _Shelf(row.before, row.packed) for row in connection.execute(query)}
        return {key: held.get(key) or _Shelf() for key in keys}

    def _put(self, connection: Connection, shelves: dict[int, _Shelf]) -> None:
        """Write the shelves that changed."""
        changed = {key: shelf for key, shelf in sorted(shelves.items()) if shelf.is_changed}
        connection.execute(delete(MATCHED).where(self._among(MATCHED.c.article_key, changed.keys())))
        rows = [shelf.values(key) for key, shelf in changed.items()]
        insert_rows(connection, MATCHED, [row for row in rows if row["before"] or row["packed"]])


def _match(a: str, b: str, spans: Spans) -> Match:
    start, end, begin, to, similarity, kind = spans
    return Match(Place(a, Span(start, end)), Place(b, Span(begin, to)), similarity, MatchKind(kind))
