"""Lineage's simulated worlds told again with known damage: what each site did, and what it took over.

The drafts of ``tests.simulator`` say who copied which sentences from whom. Their own unlabelled edits are
left out; instead each copy damages some of its sentences in known ways, and passes on what it took over.
So for every article the truth says each damage, its place, and which article brought it in.

    drafts | lines from their parents | house style | text | damage | lines for the children
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from auditor.domain import Article, Moment, Place, Span
from tests.quality.garble_simulator import HARMLESS, Edit, World, drawn
from tests.simulator.changes import Change, curly, spin
from tests.simulator.world import LITTER, Draft

DAMAGED_SHARE = 0.15
SPUN_SHARE = 0.08
MOVED_SHARE = 0.15
_NEUTRAL = frozenset(
    "said about would also however since because and stated around could likewise".split()  # noqa: SIM905
)
"""Words for which a spinning tool's word makes no damage that a reader would mark."""

_LONG = frozenset(("reordering", "duplication", "splice"))
"""Damage that stays what it is when a word of it is changed."""


@dataclass(frozen=True)
class Mark:
    """A damage of a text: its place, what was done, by whom, and whether the texts held can show it.

    Of the kind ``swapped`` is a word that a tool put in and that is no damage by itself, but in a quotation.
    """

    kind: str
    start: int
    end: int
    before: str
    after: str
    by: str
    tellable: bool = True


@dataclass(frozen=True)
class Told:
    """A line as a site has it; ``seam``: it follows another line than in its parent."""

    text: str
    marks: tuple[Mark, ...] = ()
    taken: bool = False
    seam: bool = True


@dataclass
class Truth:
    """An article, its damages, and where sentences stand that follow others than in their parent."""

    article: Article
    marks: list[Mark]
    kind: str = ""
    seams: list[int] = field(default_factory=list)
    credits_lost_by: frozenset[str] = frozenset()
    taken: list[tuple[Span, Place]] = field(default_factory=list)


def tell(drafts: Sequence[Draft], world: World, seed: int) -> dict[str, Truth]:
    """The held articles of a world with their damages, by name."""
    rng = random.Random(seed)
    lines: dict[str, list[Told]] = {}
    lost: dict[str, frozenset[str]] = {}
    by_name = {draft.name: draft for draft in drafts}
    found: dict[str, Truth] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    for draft in drafts:
        told = [_taken(draft, index, lines, by_name, rng) for index in range(len(list(draft.lines())))]
        rows, moved = _rows(draft, told, rng)
        text, marks, spans = _put(draft, told, rows, moved, rng)
        edits = _edits(draft, text, told, spans, world, rng)
        text, marks = _applied(draft, text, marks, edits, _is_tellable(draft, by_name))
        spans = [_mapped(span, edits) for span in spans]
        lines[draft.name] = _lines(text, marks, spans, told)
        lost[draft.name] = _credits_lost(draft, by_name, lost)
        if draft.held:
            seams = [span[0] for span, one in zip(spans, told, strict=True) if one.seam]
            found[draft.name] = Truth(
                _article(draft, text, by_name), marks, draft.kind, seams, lost[draft.name]
            )
            found[draft.name].taken = list(_places(draft, spans, places, found))
        places[draft.name] = spans
    return found


def _places(
    draft: Draft,
    spans: Sequence[tuple[int, int]],
    places: Mapping[str, Sequence[tuple[int, int]]],
    held: Mapping[str, Truth],
) -> Iterator[tuple[Span, Place]]:
    """Each line that was taken from a held article, and where it stands there."""
    for line, (start, end) in zip(draft.lines(), spans, strict=True):
        if line.parent and line.parent[0] in held and start < end:
            name, number = line.parent
            if Span(*places[name][number]):
                yield Span(start, end), Place(name, Span(*places[name][number]))


def _is_tellable(draft: Draft, by_name: Mapping[str, Draft]) -> bool:
    parents = {line.parent[0] for line in draft.lines() if line.parent}
    return draft.held and all(by_name[name].held for name in parents)


def _rows(draft: Draft, told: list[Told], rng: random.Random) -> tuple[list[list[int]], frozenset[int]]:
    """The numbers of the lines, paragraph by paragraph; in some copies one stands four places further up."""
    rows, number = [], 0
    for paragraph in draft.paragraphs:
        rows.append(list(range(number, number + len(paragraph))))
        number += len(paragraph)
    whole = [at for at, row in enumerate(rows) if at >= 4 and sum(len(told[line].text) for line in row) > 80]
    if draft.kind != "copy" or not whole or rng.random() > MOVED_SHARE or not all(one.taken for one in told):
        return rows, frozenset()
    at = rng.choice(whole)
    rows.insert(at - 4, rows.pop(at))
    order = [line for row in rows for line in row]
    for before, line in zip([-1, *order], order, strict=False):
        if before != line - 1:
            told[line] = replace(told[line], seam=True)
    return rows, frozenset(rows[at - 4])


def _taken(
    draft: Draft,
    index: int,
    lines: Mapping[str, list[Told]],
    by_name: Mapping[str, Draft],
    rng: random.Random,
) -> Told:
    """A line as it comes from its parent, in the site's style."""
    all_lines = list(draft.lines())
    line = all_lines[index]
    if line.parent is None:
        return Told(line.text)
    name, number = line.parent
    told = lines[name][number]
    before = all_lines[index - 1].parent if index else None
    marks = tuple(replace(mark, tellable=mark.tellable and by_name[name].held) for mark in told.marks)
    told = Told(told.text, marks, taken=True, seam=before != (name, number - 1))
    style: list[Change] = list(draft.site.style) if draft.site else []
    if draft.site and rng.random() < SPUN_SHARE and draft.kind == "copy":
        style.append(spin)
    for change in style:
        told = _restyled(told, change, draft, _is_tellable(draft, by_name), rng)
    return told


def _restyled(told: Told, change: Change, draft: Draft, tellable: bool, rng: random.Random) -> Told:
    edits = []
    for edit in _differences(told.text, change(told.text, rng)):
        kind = HARMLESS if change is curly else "spelling"
        if "U.S." in told.text[edit.start : edit.end]:
            kind = "entity"
        if change is spin:
            words = {word.casefold() for word in re.findall(r"\w+", told.text[edit.start : edit.end])}
            kind = "swapped" if words <= _NEUTRAL else "substitution"
        edits.append(replace(edit, kind=kind))
    text, marks = _applied(draft, told.text, list(told.marks), edits, tellable)
    return replace(told, text=text, marks=tuple(marks))


def _differences(old: str, new: str) -> Iterator[Edit]:
    """The differing words of two texts."""
    one, other = re.findall(r"\w[\w.'’-]*|\s+|.", old), re.findall(r"\w[\w.'’-]*|\s+|.", new)
    starts = [0]
    for word in one:
        starts.append(starts[-1] + len(word))
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(starts[a], starts[b], "".join(other[c:d]), HARMLESS)


def _put(
    draft: Draft,
    told: Sequence[Told],
    rows: Sequence[Sequence[int]],
    moved: frozenset[int],
    rng: random.Random,
) -> tuple[str, list[Mark], list[tuple[int, int]]]:
    """The text, its marks, and the span of each line by its number."""
    text, marks, spans = "", list[Mark](), [(0, 0)] * len(told)
    for row, numbers in enumerate(rows):
        for _ in range(draft.litter.count(row)):
            litter = rng.choice(LITTER)
            marks.append(Mark("boilerplate", len(text), len(text) + len(litter), "", litter, draft.name))
            text += litter + "\n\n"
        text += draft.dateline if row == 0 else ""
        start = len(text)
        for at, number in enumerate(numbers):
            one = told[number]
            text += " " if at and one.text else ""
            marks += [_shifted(mark, len(text)) for mark in one.marks]
            spans[number] = (len(text), len(text) + len(one.text))
            text += one.text
        if moved and moved == frozenset(numbers):
            marks.append(Mark("reordering", start, len(text), "", "", draft.name))
        text += "\n\n"
    return text + draft.foot, marks, spans


def _shifted(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)


def _edits(
    draft: Draft,
    text: str,
    told: Sequence[Told],
    spans: Sequence[tuple[int, int]],
    world: World,
    rng: random.Random,
) -> list[Edit]:
    """What this site, or the wire itself between two versions, changes in what it took."""
    if draft.kind not in {"copy", "version", "merge"}:
        return []
    places = [span for span, one in zip(spans, told, strict=True) if one.taken]
    edits = drawn(text, places, world, rng, DAMAGED_SHARE)
    free: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if not free or free[-1].end <= edit.start:
            free.append(edit)
    if draft.kind == "version":
        fresh = ("number", "negation", "entity", "attribution")
        return [replace(edit, kind=HARMLESS) for edit in free if edit.kind in fresh]
    return free


def _applied(
    draft: Draft, text: str, marks: Sequence[Mark], edits: Sequence[Edit], tellable: bool
) -> tuple[str, list[Mark]]:
    """Do the edits; the marks at their places afterwards, those that an edit touched left out."""
    kept = [mark for mark in marks if not any(_touches(mark, edit) for edit in edits)]
    moved = [_remark(mark, edits) for mark in kept]
    pieces: list[str] = []
    done = 0
    for edit in edits:
        start = sum(len(piece) for piece in pieces) + edit.start - done
        pieces += [text[done : edit.start], edit.new]
        if edit.kind != HARMLESS:
            before = text[edit.start : edit.end]
            moved.append(
                Mark(edit.kind, start, start + len(edit.new), before, edit.new, draft.name, tellable)
            )
        done = edit.end
    return "".join([*pieces, text[done:]]), moved


def _touches(mark: Mark, edit: Edit) -> bool:
    if mark.kind in _LONG and edit.end - edit.start < 0.5 * (mark.end - mark.start):
        return False
    return edit.start <= mark.end and mark.start <= edit.end


def _remark(mark: Mark, edits: Sequence[Edit]) -> Mark:
    start, end = _mapped((mark.start, mark.end), edits)
    return replace(mark, start=start, end=end)


def _mapped(span: tuple[int, int], edits: Sequence[Edit]) -> tuple[int, int]:
    """A span after the edits: what is put in right before it is not of it, what right after it is."""
    start, end = span
    before = sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= start)
    inside = sum(
        len(edit.new) - (edit.end - edit.start) for edit in edits if edit.start <= end and edit.end > start
    )
    return start + before, max(start + before, end + before + inside)


def _lines(
    text: str, marks: Sequence[Mark], spans: Sequence[tuple[int, int]], told: Sequence[Told]
) -> list[Told]:
    """The lines as those who copy from this text find them."""
    ordered = sorted(
        (mark for mark in marks if mark.kind not in ("reordering", "boilerplate")), key=lambda m: m.start
    )
    starts = [mark.start for mark in ordered]
    found = []
    for (start, end), one in zip(spans, told, strict=True):
        inside = ordered[bisect_left(starts, start) : bisect_right(starts, end)]
        kept = tuple(_shifted(mark, -start) for mark in inside if mark.end <= end)
        found.append(replace(one, text=text[start:end], marks=kept))
    return found


def _credits_lost(
    draft: Draft, by_name: Mapping[str, Draft], lost: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Who, on the way here, lost a credit that this text lacks: itself or an ancestor."""
    found: set[str] = set()
    for name in {line.parent[0] for line in draft.lines() if line.parent}:
        found |= lost.get(name, frozenset())
        if _credit(by_name[name]) and _credit(by_name[name]) != _credit(draft):
            found.add(draft.name)
    return frozenset(found)


def _credit(draft: Draft) -> str:
    hit = re.search(
        r"\((AP|Reuters|AFP)\)|(?:Source: |© 1987 )(.+?)(?:\.|$)", f"{draft.dateline}\n{draft.foot}"
    )
    return (hit[1] or hit[2]) if hit else ""


def _article(draft: Draft, text: str, by_name: Mapping[str, Draft]) -> Article:
    revises = draft.revises if draft.revises and by_name[draft.revises].held else None
    published = Moment.parse(draft.at.isoformat())
    return Article(draft.name, text, draft.source, title=draft.title, published=published, revises=revises)
