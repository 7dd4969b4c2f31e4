"""What can be done: deciding on a case, a finding, cases of a story; giving cases to people.

Whatever somebody else did meanwhile is shown before anything is written. It must not know how a request is
routed, nor who may do what beyond one thing: only an administrator gives cases to others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from auditor.domain import Moment
from auditor.errors import UsageProblem
from auditor.jobs.review import assign, decide
from auditor.jobs.users import Role
from auditor.licensing.decisions import Decision
from auditor.web.reading import case, queue
from auditor.web.visit import Answer, Visit, seen_there

_AGAIN = "Nothing was written: look at it again, then decide."


def decided(visit: Visit) -> Answer:
    """Decide on a case, one of its findings, or its story."""
    name = visit.named["name"]
    try:
        _decide(visit, [visit.given("on") or name])
    except UsageProblem as problem:
        return case(visit, f"{problem.message}. {_AGAIN}", HTTPStatus.CONFLICT)
    except ValueError:
        return case(visit, "Choose a decision.", HTTPStatus.BAD_REQUEST)
    return seen_there("case", name)


def decided_many(visit: Visit) -> Answer:
    """Decide on the cases that were chosen in the queue of a story: on all of them, or on none."""
    chosen = [name for name in visit.posted.get("case", ()) if name]
    if not chosen:
        return queue(visit, "Choose at least one case.", HTTPStatus.BAD_REQUEST)
    try:
        _decide(visit, chosen)
    except UsageProblem as problem:
        return queue(visit, f"{problem.message}. {_AGAIN}", HTTPStatus.CONFLICT)
    except ValueError:
        return queue(visit, "Choose a decision.", HTTPStatus.BAD_REQUEST)
    return Answer(HTTPStatus.SEE_OTHER, "", (("Location", _story(visit.given("story"))),))


def assigned(visit: Visit) -> Answer:
    """Take a case, give it back, or, as an administrator, give it to somebody."""
    name, to = visit.named["name"], visit.given("to")
    assignee = to or None
    if assignee not in (None, visit.who.user) and not visit.who.role.may(Role.ADMINISTRATOR):
        return Answer(HTTPStatus.FORBIDDEN, "only an administrator gives cases to others")
    try:
        after = _number(visit.given("assignment"))
        assign(visit.office.store, name, assignee, by=visit.who.user, at=_now(), after=after)
    except UsageProblem as problem:
        return case(visit, f"{problem.message}. Nothing was written.", HTTPStatus.CONFLICT)
    return seen_there("case", name)


def _decide(visit: Visit, names: list[str]) -> None:
    """Write it into the log. Raises UsageProblem, and ValueError where no decision was chosen."""
    decide(
        visit.office.store,
        names,
        Decision(visit.given("decision")),
        reviewer=visit.who.user,
        at=_now(),
        note=visit.given("note"),
        after=_number(visit.given("seen")),
    )


def _story(name: str) -> str:
    from urllib.parse import urlencode

    return f"/?{urlencode({'story': name})}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _now() -> Moment:
    now = datetime.now(UTC).replace(microsecond=0)
    return Moment(now, now)
