"""What the pages of the review application show, as plain values from the store.

It must not know HTTP nor HTML.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.jobs.findings import Listed, show_finding
from auditor.jobs.review import Standings
from auditor.jobs.users import Role
from auditor.licensing import Certainty, Finding, RuleKind
from auditor.licensing.decisions import Decision, Entry
from auditor.registry import Registry
from auditor.web.gate import Session

if TYPE_CHECKING:
    from auditor.report.views.pair import PairPage
    from auditor.storage import Store
    from auditor.storage.accounts import Assignment
    from auditor.storage.licence_findings import FindingOutline

# Cases on one page of the queue: what fits on a few screens.
PAGE_SIZE = 50
# What the queue can be narrowed to, and how that reads.
STANDINGS = {
    "open": "still open",
    "second": "awaiting a second sign-off",
    "stale": "decided on what has changed since",
    "decided": "decided",
}
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the queue: its gravest finding in words, and how far it is decided.

    ``story`` is the id of its story, ``headline`` what that is called.
    """

    id: str
    article: str
    story: str
    headline: str
    licensor: str
    rank: int
    findings: int
    decided: int
    stale: int
    second: int
    assignee: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The cases of one source; those of one story stand together."""

    source: str
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue, and what can be asked of it.

    ``seen`` is the number of the log's last entry when the page was made; ``decides`` says that cases can be
    chosen and decided on: those of one story, by somebody who may.
    """

    groups: tuple[SourceGroup, ...]
    cases: int
    open: int
    number: int
    pages: int
    asked: Mapping[str, str]
    sources: tuple[tuple[str, str], ...]
    licensors: tuple[tuple[str, str], ...]
    assignees: tuple[tuple[str, str], ...]
    seen: int
    decides: bool
    trouble: str = ""
    rules: tuple[str, ...] = tuple(rule.value for rule in RuleKind)
    certainties: tuple[str, ...] = tuple(one.value for one in Certainty)
    standings: tuple[tuple[str, str], ...] = tuple(STANDINGS.items())
    decisions: tuple[str, ...] = tuple(one.value for one in Decision)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case to be decided. ``seen`` is the number of the log's last entry when the page was made.

    ``second`` are the decisions that need a second sign-off; ``assignment`` is the number of the last one,
    None where the case was never given to anybody, ``people`` those whom it can be given to.
    """

    id: str
    article: str
    source: str
    licensor: str
    story: str
    headline: str
    findings: tuple[Listed, ...]
    superseded: tuple[Listed, ...]
    passages: Mapping[str, tuple[str, ...]]
    log: tuple[Entry, ...]
    seen: int
    pairs: tuple[PairPage, ...]
    second: tuple[str, ...]
    assignee: str
    assignment: int | None
    assignments: tuple[Assignment, ...]
    people: tuple[str, ...]
    decides: bool
    trouble: str = ""
    decisions: tuple[str, ...] = tuple(one.value for one in Decision)


def queue_page(
    store: Store,
    registry: Registry,
    asked: Mapping[str, str],
    who: Session,
    *,
    second: Container[str] = (),
    trouble: str = "",
) -> QueuePage:
    """The cases that are asked for, by source; sources and cases with the gravest findings first.

    ``asked`` may hold source, licensor, rule, certainty, story, standing, assignee and page; what can't be
    understood is passed over.
    """
    decided = Standings(store.decision_outlines(), second)
    assignees = {one.case: one.assignee or "" for one in store.assignments()}
    every = list(store.finding_outlines())
    wanted = _Asked(asked, decided, assignees)
    by_case: dict[str, list[FindingOutline]] = {}
    for one in every:
        if wanted.wants(one):
            by_case.setdefault(one.case, []).append(one)
    worst: dict[str | None, int] = {}
    for case in by_case.values():
        worst[case[0].source] = max(worst.get(case[0].source, 0), case[0].rank)
    order = sorted(by_case.values(), key=lambda case: _place(case[0], worst))
    pages = max(1, -(-len(order) // PAGE_SIZE))
    number = min(max(1, _number(asked.get("page", "1"))), pages)
    shown = order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    told = store.findings_named(case[0].id for case in shown)
    headlines = _headlines(store, (one.article for one in told.values()))
    names = {key: registry.name_of(key) or "unknown" for key in {one.source for one in every}}
    groups = groupby(shown, key=lambda case: names[case[0].source])
    return QueuePage(
        groups=tuple(
            SourceGroup(
                name,
                tuple(
                    _row(case, told[case[0].id], headlines, decided, assignees, registry) for case in cases
                ),
            )
            for name, cases in groups
        ),
        cases=len(order),
        open=sum(any(decided.of(one) != "decided" for one in case) for case in order),
        number=number,
        pages=pages,
        asked={key: value for key, value in asked.items() if value},
        sources=_choices(names),
        licensors=_choices({one.licensor: registry.name_of(one.licensor) or one.licensor for one in every}),
        assignees=tuple((name, name) for name in sorted({*assignees.values(), who.user} - {""})),
        seen=decided.last,
        decides=bool(asked.get("story")) and who.role.may(Role.REVIEWER),
        trouble=trouble,
    )


def case_page(
    store: Store,
    registry: Registry,
    name: str,
    who: Session,
    *,
    second: tuple[str, ...] = (),
    trouble: str = "",
) -> CasePage:
    """A case with its passages side by side. Raises NotFound."""
    from auditor.report.evidence import side_by_side

    every = show_finding(store, name, second=second)
    now = tuple(one for one in every if not one.superseded)
    about = (now or every)[-1].finding
    parents = {place.parent.article for one in every for place in one.finding.exhibits if place.parent}
    text = store.article(about.article).text
    given = tuple(store.assignments(about.case))
    last = given[-1] if given else None
    return CasePage(
        id=about.case,
        article=about.article,
        source=registry.name_of(about.source) or "unknown",
        licensor=registry.name_of(about.licensor) or about.licensor,
        story=about.story or "",
        headline=_headlines(store, [about.article]).get(about.story or "", ""),
        findings=tuple(
            sorted(now, key=lambda one: (one.finding.state.value != "finding", -one.finding.rank))
        ),
        superseded=tuple(one for one in every if one.superseded),
        passages={one.finding.id: _quoted(one, text) for one in now},
        log=tuple(store.decisions(about.case)),
        seen=max((one.number for one in store.decision_outlines()), default=0),
        pairs=side_by_side(store, registry, about.article, sorted(parents - {about.article})),
        second=second,
        assignee=(last.assignee if last else None) or "",
        assignment=last.number if last else None,
        assignments=given,
        people=_people(store, who),
        decides=who.role.may(Role.REVIEWER),
        trouble=trouble,
    )


def _people(store: Store, who: Session) -> tuple[str, ...]:
    """Whom an administrator can give a case to; everybody else only takes it."""
    if not who.role.may(Role.ADMINISTRATOR):
        return ()
    users = (one for one in store.accounts() if one.disabled is None)
    return tuple(one.name for one in users if Role(one.role).may(Role.REVIEWER))


def _quoted(one: Listed, text: str) -> tuple[str, ...]:
    return tuple(exhibit.span.of(text) for exhibit in one.finding.exhibits)


def _headlines(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """What the stories of these articles are called, by their ids."""
    return {story.id: story.title for story in store.stories_of(articles)}


class _Asked:
    """What the queue asks for; a choice that there isn't is passed over."""

    def __init__(self, asked: Mapping[str, str], decided: Standings, assignees: Mapping[str, str]) -> None:
        given = {name: asked.get(name, "") for name in ("source", "licensor", "story", "rule", "certainty")}
        known: dict[str, set[str]] = {
            "rule": {one.value for one in RuleKind},
            "certainty": {one.value for one in Certainty},
        }
        self._equal = [
            (name, value)
            for name, value in given.items()
            if value and (name not in known or value in known[name])
        ]
        stands = asked.get("standing", "")
        self._stands = stands if stands in STANDINGS else ""
        self._assignee = asked.get("assignee", "")
        self._decided, self._assignees = decided, assignees

    def wants(self, one: FindingOutline) -> bool:
        """Is this finding asked for?"""
        if any(getattr(one, name) != value for name, value in self._equal):
            return False
        if self._stands and not self._is_so(one):
            return False
        return not self._assignee or self._assignee == (self._assignees.get(one.case, "") or NOBODY)

    def _is_so(self, one: FindingOutline) -> bool:
        """What is stale or awaits a second is open too: somebody has to look at it."""
        stands = self._decided.of(one)
        return stands == self._stands or (self._stands == "open" and stands != "decided")


def _choices(names: Mapping[str | None, str] | Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((key or "", name) for key, name in names.items()), key=lambda one: one[1]))


def _place(one: FindingOutline, worst: Mapping[str | None, int]) -> tuple[int, str, str, int, str]:
    return (-worst[one.source], one.source or "", one.story or "", -one.rank, one.case)


def _row(
    case: Sequence[FindingOutline],
    gravest: Finding,
    headlines: Mapping[str, str],
    decided: Standings,
    assignees: Mapping[str, str],
    registry: Registry,
) -> CaseRow:
    stands = [decided.of(one) for one in case]
    return CaseRow(
        id=gravest.case,
        article=gravest.article,
        story=gravest.story or "",
        headline=headlines.get(gravest.story or "", ""),
        licensor=registry.name_of(gravest.licensor) or gravest.licensor,
        rank=gravest.rank,
        findings=len(case),
        decided=stands.count("decided"),
        stale=stands.count("stale"),
        second=stands.count("second"),
        assignee=assignees.get(gravest.case, ""),
        sentence=gravest.sentence,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
