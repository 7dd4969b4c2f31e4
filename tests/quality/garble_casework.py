"""The hand-written cases of garbling: read, built into texts, put through matching and garbling, compared.

A case is a base article and edits of it, or a parent and a child, or a text alone; ``expect`` lists kind,
before and after of each garble; what else is found is a false alarm unless its kind is in ``also``.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain import (
    Aligned,
    Derivation,
    Garble,
    MatchKind,
    Origin,
    Place,
    Relation,
    Source,
    SourceKind,
    Span,
)
from auditor.garbling import garbles
from auditor.matching import align
from auditor.registry import Registry
from auditor.text import Document, read

FOLDER = Path(__file__).parent / "garble_cases"
REGISTRY = Registry(
    (
        Source("ap", "AP", SourceKind.WIRE, aliases=("Associated Press",), datelines=("AP",)),
        Source("reuters", "Reuters", SourceKind.WIRE, datelines=("Reuters",)),
    )
)


@dataclass(frozen=True)
class Case:
    """One case: the child's text, the parents', what must come out and what else may."""

    name: str
    kind: str
    child: str
    parents: Mapping[str, str]
    expect: tuple[tuple[str, str, str], ...]
    also: frozenset[str]
    severity: str | None


def cases() -> Iterator[Case]:
    """All cases, file by file."""
    bases = tomllib.loads((FOLDER / "bases.toml").read_text("utf-8"))
    texts = {name: text.strip() + "\n" for name, text in bases.items()}
    for file in sorted(FOLDER.glob("*.toml")):
        if file.stem == "bases":
            continue
        for number, raw in enumerate(tomllib.loads(file.read_text("utf-8"))["cases"], 1):
            yield _case(file.stem, number, raw, texts)


def _case(kind: str, number: int, raw: Mapping[str, Any], bases: Mapping[str, str]) -> Case:
    parents = {}
    if "base" in raw:
        parents["base"] = bases[raw["base"]]
    if "other" in raw:
        parents["other"] = bases[raw["other"]]
    if "parent" in raw:
        parents["base"] = raw["parent"]
    child = raw.get("child") or raw.get("text") or _changed(parents["base"], raw)
    return Case(
        f"{kind} {number}{': ' + raw['name'] if 'name' in raw else ''}",
        kind,
        child,
        parents,
        tuple((one[0], one[1], one[2]) for one in raw["expect"]),
        frozenset(raw.get("also", ())),
        raw.get("severity"),
    )


def _changed(text: str, raw: Mapping[str, Any]) -> str:
    for old, new in raw.get("edits", ()):
        assert old in text, f"{old!r} isn't in the base"
        text = text.replace(old, new, 1)
    if "cut" in raw:
        text = text[: text.index(raw["cut"]) + len(raw["cut"])] + raw.get("add", "")
    lines = text.splitlines(keepends=True)
    if "twice" in raw:
        block = lines[: raw["twice"]]
        text = "".join(lines + block if raw.get("at_end") else block + lines)
    if "move" in raw:
        line = lines.pop(raw["move"][0])
        lines.insert(raw["move"][1], line)
        text = "".join(lines)
    if "wrap" in raw:
        text = "\n".join(textwrap.fill(line, raw["wrap"]) for line in text.splitlines())
    return text


def found(case: Case) -> tuple[Garble, ...]:
    """What garbling says of a case, its derivations those that matching gives."""
    child = read(case.child, registry=REGISTRY)
    parents = {name: read(text, registry=REGISTRY) for name, text in case.parents.items()}
    derivations = [row for name, parent in parents.items() for row in derived(child, name, parent)]
    inherited: dict[str, tuple[Garble, ...]] = {
        name: garbles(parent, (), {}, {}, article=name, registry=REGISTRY) for name, parent in parents.items()
    }
    return garbles(child, derivations, parents, inherited, article="child", registry=REGISTRY)


def derived(child: Document, name: str, parent: Document) -> list[Derivation]:
    """What matching finds, taken for copies."""
    aligned = align(child, parent)
    if not aligned and name == "base":  # too short for matching: the case is about garbling
        whole = Span(0, len(child.text)), Span(0, len(parent.text))
        aligned = (Aligned(*whole, 1.0, MatchKind.EDITED),)
    origin = Origin(None, name)
    return [
        Derivation("child", one.a, Place(name, one.b), origin, Relation.COPY, 1.0, one.kind, one.similarity)
        for one in aligned
    ]


@dataclass
class Tally:
    """What was right, what was a false alarm, what was missed, by kind."""

    hits: dict[str, int]
    alarms: dict[str, list[str]]
    missed: dict[str, list[str]]


def compare(case: Case, rows: tuple[Garble, ...], tally: Tally) -> None:
    """Hold what was found against what was expected."""
    left = list(case.expect)
    for row in rows:
        hit = next((one for one in left if _meant(one, row)), None)
        if hit is not None:
            left.remove(hit)
            tally.hits[row.kind] = tally.hits.get(row.kind, 0) + 1
            if case.severity and row.severity != case.severity:
                tally.alarms.setdefault(row.kind, []).append(f"{case.name}: severity {row.severity}")
        elif row.kind not in case.also:
            said = f"{case.name}: {row.before!r} -> {row.after!r} ({row.detail})"
            tally.alarms.setdefault(row.kind, []).append(said)
    for one in left:
        tally.missed.setdefault(one[0], []).append(f"{case.name}: {one[1]!r} -> {one[2]!r}")


def _meant(expected: tuple[str, str, str], row: Garble) -> bool:
    kind, before, after = expected
    if kind != row.kind:
        return False
    return _alike(before, row.before) and _alike(after, row.after)


def _alike(expected: str, said: str) -> bool:
    one, other = " ".join(expected.split()).casefold(), " ".join(said.split()).casefold()
    return one in other or (bool(other) and other in one)
