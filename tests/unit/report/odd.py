"""Collections that are hard to show: hostile text in every field, and everything too long, absent or many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.domain import (
    Article,
    Derivation,
    Disposition,
    Evidence,
    Garble,
    GarbleKind,
    MatchKind,
    Moment,
    Origin,
    Outcome,
    Place,
    Relation,
    Removed,
    Severity,
    Source,
    SourceKind,
    Span,
    Stale,
    Status,
    Story,
)
from auditor.registry import Registry
from auditor.storage.texts import stand_in
from tests.unit.report.sample import (
    BRIDGE,
    OWN,
    SOURCES,
    SPUN,
    MemoryStore,
    Run,
    collection,
    registry,
    span_of,
)

EVIL = (
    "</style></title></textarea><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
    '"\'><svg onload=window.pwned=1><a href="javascript:window.pwned=1">x</a>'
    "{{ 7*7 }}{% raw %}\x00\x1b\u202e--><!--"
)


def hostile() -> tuple[MemoryStore, Registry]:
    """A story of two articles with hostile text in each field that a store can hold."""
    sources = (Source(EVIL, EVIL, SourceKind.WIRE, (EVIL,), (EVIL,)), Source("b" + EVIL, "B " + EVIL))
    store = MemoryStore(known=list(sources))
    text = f"{EVIL} A dam at Orlow burst on Monday.\n\n{EVIL} Forty {EVIL} houses were lost."
    for key, source, at in (
        ("../../a" + EVIL, EVIL, "2026-01-02T03:04:05Z"),
        ("b" + EVIL, "b" + EVIL, "2026-01-03"),
    ):
        store.put(
            Article(
                key,
                text,
                source,
                url="javascript:window.pwned=1" if key[0] == "b" else f"https://example.example/{EVIL}",
                title=f"T {EVIL}",
                byline=EVIL,
                credit=EVIL,
                language=EVIL,
                published=Moment.parse(at),
                captured=Moment.parse(at),
            )
        )
    parent, child = sorted(store.held)
    span = Span(0, len(text) // 2)
    store.all_derivations.append(
        Derivation(
            child,
            span,
            Place(parent, span),
            Origin(EVIL, parent),
            Relation.UNDECIDED,
            0.5,
            MatchKind.EDITED,
            0.9,
            (Evidence(EVIL, EVIL, 1.0), Evidence(EVIL, f"no {EVIL}", -1.0)),
        )
    )
    for kind, severity in ((GarbleKind.NUMBER, Severity.HIGH), (GarbleKind.SPLICE, Severity.MEDIUM)):
        garble = Garble(
            child, Span(3, 40), kind, severity, EVIL, EVIL, Place(parent, Span(3, 40)), child, EVIL
        )
        store.all_garbles += [garble, replace(garble, introduced_by=parent, severity=Severity.LOW)]
    store.judge(child, 0.5, 0.5, (EVIL, 0.5), reason=EVIL)
    store.all_stories.append(Story(EVIL, EVIL, (parent, child)))
    store.put(Article("alone" + EVIL, EVIL, None))
    store.judge("alone" + EVIL, 0, 0, reason=EVIL)
    at_five = Moment.parse("2026-01-04T05:00:00Z")
    store.all_runs.append(Run(1, EVIL, {EVIL: EVIL}, at_five, at_five, {"stored": 3}))
    store.all_outcomes.append((1, Outcome(EVIL, Disposition.STORED, child)))
    store.all_outcomes.append((1, Outcome(EVIL, Disposition.REJECTED, None, EVIL)))
    store.all_stale.append(Stale(child, span, parent, parent, Status.CANCELED, 3.0))
    store.told = (1, _told(child, parent))
    return store, Registry(sources)


def _told(child: str, parent: str) -> dict[str, Any]:
    """What a night tells of two articles and of ones that aren't held, with hostile words."""
    damage = {"kind": "number", "severity": "high", "start": 3, "end": 40, "before": EVIL, "after": EVIL}
    return {
        "counts": {"articles": 2},
        "stories": [
            {"id": EVIL, "title": EVIL, "articles": 2},
            {"id": f"no {EVIL}", "title": "", "articles": 1},
        ],
        "pickups": [child, f"no {EVIL}"],
        "garbles": [{"id": name, **damage} for name in (child, f"no {EVIL}")],
        "reparented": [{"id": child, "before": [parent, f"no {EVIL}"], "after": []}],
        "stale": [{"id": child, "reason": EVIL}],
    }


def changed() -> tuple[MemoryStore, Registry]:
    """The invented collection after a night: with news, a removed text, a stale copy, a lost original."""
    store = collection()
    quay, mill = store.held["quay"], store.held["mill"]
    span = span_of(mill.text, SPUN)
    store.all_stale.append(Stale("mill", span, "wire-1", "gazette", Status.CORRECTED, 30.5))
    store.held["quay"] = replace(
        quay, text=stand_in(len(quay.text)), removed=Removed(Moment.parse("2026-04-01T00:00:00Z"), "ab" * 32)
    )
    for name in ("copy-1", "copy-2"):
        store.put(Article(name, f"{OWN}\n\n{BRIDGE}\n\nIt is {name}.", "morning-post"))
    lost = Origin("northline", None)
    for words in (OWN, BRIDGE):
        store.derive("copy-2", words, "copy-1", relation=Relation.COMMON_SOURCE, origin=lost)
    store.all_stories.append(Story("lost", "A bridge stays shut", ("copy-1", "copy-2")))
    garble = store.all_garbles[0]
    told = {"kind": "number", "severity": "high", "before": garble.before, "after": garble.after}
    store.told = (
        1,
        {
            "counts": {"articles": 8},
            "stories": [{"id": "lost", "title": "A bridge stays shut", "articles": 2}],
            "pickups": ["copy-2", "mill", "quay"],
            "garbles": [{"id": "quay", "start": garble.span.start, "end": garble.span.end, **told}],
            "reparented": [{"id": "mill", "before": ["wire-1"], "after": ["quay"]}],
            "stale": [{"id": "mill", "reason": "wire-1 was corrected by gazette"}],
        },
    )
    return store, registry()


LONG = "Llanfairpwllgwyngyll" * 12
RTL = "اندلع حريق في معمل الزجاج ليلة الأحد. قال المالكون إن أحدا لم يصب."


def edges(pickups: int = 60) -> tuple[MemoryStore, Registry]:
    """Stories of long words, right-to-left text, no times, no titles, very many pickups, empty texts."""
    many = tuple(
        Source(f"site-{n:03}", f"Site number {n} of the valley and its many hills") for n in range(pickups)
    )
    store = MemoryStore(known=[*SOURCES, *many])
    _crowd(store, pickups)
    _untimed(store)
    store.put(Article("empty", "", "quayside", title=""))
    store.put(Article("no-source", "A text of which nothing else is known."))
    return store, Registry(store.known)


def _crowd(store: MemoryStore, pickups: int) -> None:
    text = "The lantern parade at Ulm Ferry drew nine thousand people.\n\nIt ended with songs on the pier."
    store.put(Article("crowd", text, "northline", title=LONG, published=Moment.parse("2026-02-01T06:00:00Z")))
    names = ["crowd"]
    for n in range(pickups):
        name = f"copy-{n:03}"
        at = f"2026-02-0{1 + n % 7}T{n % 24:02}:{n % 60:02}:00Z" if n % 5 else f"2026-02-0{1 + n % 7}"
        store.put(Article(name, text, f"site-{n:03}", title=f"Parade {n}", published=Moment.parse(at)))
        store.derive(name, text, names[-1] if n % 7 == 6 else "crowd", origin=Origin("northline", "crowd"))
        names.append(name)
    store.all_stories.append(Story("crowd", LONG, tuple(sorted(names))))


def _untimed(store: MemoryStore) -> None:
    store.put(Article("rtl-1", RTL, "newsmill"))
    store.put(Article("rtl-2", f"{RTL}\n\n{LONG}", "quayside", title=RTL))
    store.put(Article("rtl-3", RTL, None))
    store.derive("rtl-2", RTL, "rtl-1", relation=Relation.UNDECIDED, confidence=0.5)
    store.derive("rtl-1", RTL, "rtl-2", relation=Relation.UNDECIDED, confidence=0.5)
    store.derive("rtl-3", RTL, None, origin=Origin("northline", None), kind=MatchKind.REWORDED)
    store.damage("rtl-2", LONG, GarbleKind.ENCODING, Severity.MEDIUM, None, "")
    store.all_stories.append(Story("rtl", RTL, ("rtl-1", "rtl-2", "rtl-3")))
