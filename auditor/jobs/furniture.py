"""What a person says of page furniture: which lines are some, which are text after all.

A line that was spoken of is what the person says, whatever is learnt. Articles that hold it are examined anew
by the next audit. It must not know how furniture is learnt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.errors import NotFound, UsageProblem
from auditor.jobs.furnishing import holders_of, only
from auditor.matching import lines_in
from auditor.storage.records import Furnishing, LineStanding
from auditor.text.lines import FEWEST

if TYPE_CHECKING:
    from auditor.storage import Store

_MASK = (1 << 64) - 1
# Hexadecimal digits of a line's name as it is shown, and of the shortest that is looked for.
_SHOWN, _SHORTEST = 12, 4


def name_of(line: int) -> str:
    """The name by which a line is shown and asked for: the beginning of its hash."""
    return f"{line & _MASK:016x}"[:_SHOWN]


def listed(
    store: Store, *, source: str | None = None, standing: LineStanding | None = None
) -> tuple[Furnishing, ...]:
    """The lines that are furniture or are kept as text; only those of a source key, or of a standing."""
    return tuple(
        each
        for each in store.furniture()
        if (source is None or source in each.sources) and standing in (None, each.standing)
    )


def add_furniture(store: Store, text: str) -> tuple[Furnishing, ...]:
    """Let each line of the text be furniture. Raises UsageProblem where none is long enough."""
    return _say(store, text, LineStanding.ADDED)


def keep_as_text(store: Store, text: str) -> tuple[Furnishing, ...]:
    """Let a line be text, told by itself or by its name. Raises UsageProblem where none is long enough."""
    known = _named(store, text)
    return _say(store, known.text if known else text, LineStanding.KEPT)


def remove_furniture(store: Store, line: int | str) -> Furnishing:
    """Take back what was said of a line, told by its hash, its name or itself; raises NotFound.

    From then on what is learnt decides. Raises UsageProblem for a line that was learnt: there is nothing to
    take back.
    """
    if isinstance(line, int):
        known = next((each for each in store.furniture() if each.line == line), None)
    else:
        told = lines_in(line)
        known = _named(store, line) or next((each for each in store.furniture() if each.line in told), None)
    if known is None:
        raise NotFound(f"nothing is known of {line!r}", "auditor furniture list")
    if known.standing is LineStanding.LEARNT:
        raise UsageProblem(f"{known.text!r} was learnt", "auditor furniture keep lets it be text")
    with store.transaction():
        _let_be_examined(store, [known])
        store.drop_furniture([known.line])
    return known


def _named(store: Store, name: str) -> Furnishing | None:
    """The line whose name begins like that, if that is a name and there is just one."""
    said = name.strip().casefold()
    if not _SHORTEST <= len(said) <= 16 or set(said) - set("0123456789abcdef"):
        return None
    found = [each for each in store.furniture() if f"{each.line & _MASK:016x}".startswith(said)]
    return found[0] if len(found) == 1 else None


def _say(store: Store, text: str, standing: LineStanding) -> tuple[Furnishing, ...]:
    lines = lines_in(text)
    if not lines:
        raise UsageProblem(
            f"no line of {text.strip()!r} has {FEWEST} words", "shorter lines are never taken for a copy"
        )
    known = {each.line: each for each in store.furniture()}
    said = []
    for line, words in lines.items():
        before = known.get(line)
        said.append(
            replace(before, text=words, standing=standing) if before else Furnishing(line, words, standing)
        )
    with store.transaction():
        _let_be_examined(store, said)
        store.put_furniture(said)
    return tuple(said)


def _let_be_examined(store: Store, lines: Iterable[Furnishing]) -> None:
    store.let_be_unexamined(holders_of(store, only({each.line: each.text for each in lines})))
