"""The review application: which page stands at which address, who may see it, what every answer carries.

    host | session, or the way to the login | address | role | origin and token of a form | handler | headers

Whoever isn't let in learns nothing: not even whether there is such a page. It must not know what a finding
is, nor how a server listens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.errors import AuditorError, NotFound
from auditor.jobs.users import Role
from auditor.web import deciding, entering, reading
from auditor.web.gate import Session, same
from auditor.web.visit import LONGEST_FORM, Answer, Office, Visit, fields

Handler = Callable[[Visit], Answer]
FORM = "application/x-www-form-urlencoded"

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
# Beside what a page's own policy says: no frame around it.
POLICY = "frame-ancestors 'none'"
TLS_ONLY = "max-age=31536000"


@dataclass(frozen=True, slots=True)
class Page:
    """An address: its method, what answers there, and the least role that may; None is for everybody."""

    path: str
    method: str
    handler: Handler
    role: Role | None


PAGES = (
    Page("/", "GET", reading.queue, Role.READER),
    Page("/case/{name}", "GET", reading.case, Role.READER),
    Page("/case/{name}/evidence.zip", "GET", reading.evidence, Role.READER),
    Page("/findings.xlsx", "GET", reading.spreadsheet, Role.READER),
    Page("/log", "GET", reading.log, Role.READER),
    Page("/case/{name}", "POST", deciding.decided, Role.REVIEWER),
    Page("/case/{name}/assign", "POST", deciding.assigned, Role.REVIEWER),
    Page("/decide", "POST", deciding.decided_many, Role.REVIEWER),
    Page("/users", "GET", entering.users, Role.ADMINISTRATOR),
    Page("/users", "POST", entering.end_user, Role.ADMINISTRATOR),
    Page("/logout", "POST", entering.log_out, Role.READER),
)
# For everybody: how to come in, by a key or by a password.
WITH_KEY = (Page("/enter", "GET", entering.enter, None),)
WITH_PASSWORD = (
    Page("/login", "GET", entering.login_form, None),
    Page("/login", "POST", entering.log_in, None),
)


def make_application(office: Office) -> Starlette:
    """The application over one store."""
    open_pages = WITH_PASSWORD if office.key is None else WITH_KEY
    routes = [Route(one.path, _endpoint(office, one), methods=[one.method]) for one in (*PAGES, *open_pages)]
    return Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _nowhere(office),
            AuditorError: _trouble(office),
            Exception: _mishap(office),
        },
    )


def _endpoint(office: Office, page: Page) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        if not office.hosts.knows(request.headers.get("host", "")):
            return _sent(office, _MISDIRECTED)
        form = await _form(request) if page.method == "POST" else {}
        if form is None:
            return _sent(office, _TOO_LARGE)
        visit = _visit(office, request, form)
        return _sent(office, await run_in_threadpool(_answered, visit, page, request))

    return answer


def _answered(visit: Visit, page: Page, request: Request) -> Answer:
    """What a page answers to somebody; to nobody the way in."""
    visit = _known(visit)
    if page.role is None:
        return page.handler(visit)
    if visit.session is None:
        return _way_in(visit, request)
    if not visit.session.role.may(page.role):
        return Answer(HTTPStatus.FORBIDDEN, f"that is for the role {page.role.value}")
    if page.method == "POST" and not _is_our_form(visit, request):
        return Answer(HTTPStatus.FORBIDDEN, "this form isn't from a page of this session: load it again")
    return page.handler(visit)


def _known(visit: Visit) -> Visit:
    """The visit with its session, if it has one that still stands."""
    office = visit.office
    session: Session | None = office.sessions.of(visit.cookies.get(office.cookie, ""))
    if session is not None and not entering.holds(office, session):
        session = None
    return replace(visit, session=session)


def _way_in(visit: Visit, request: Request) -> Answer:
    if visit.office.key is not None:
        return Answer(HTTPStatus.FORBIDDEN, "open the address that auditor serve printed")
    if request.method not in ("GET", "HEAD"):
        return Answer(HTTPStatus.FORBIDDEN, "log in first")
    after = urlencode({"after": request.url.path}) if request.url.path.startswith("/case/") else ""
    return Answer(HTTPStatus.SEE_OTHER, "", (("Location", f"/login?{after}" if after else "/login"),))


def _is_our_form(visit: Visit, request: Request) -> bool:
    """Does a form come from a page that this session was shown?"""
    return (
        visit.office.hosts.is_ours(request.headers.get("origin", ""))
        and request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        and same(visit.given("token"), visit.who.token)
    )


def _visit(office: Office, request: Request, form: Mapping[str, list[str]]) -> Visit:
    return Visit(
        office=office,
        session=None,
        address=request.client.host if request.client else "",
        cookies=_cookies(request.headers.get("cookie", "")),
        asked=fields(request.url.query),
        posted=form,
        named={key: str(value) for key, value in request.path_params.items()},
    )


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


async def _form(request: Request) -> dict[str, list[str]] | None:
    """The fields of a posted form; None where it is longer than any of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return {}
    content = bytearray()
    try:
        async for part in request.stream():
            content += part
            if len(content) > LONGEST_FORM:
                return None
    except ClientDisconnect:
        return {}
    return fields(content.decode("utf-8", "replace"))


def _nowhere(office: Office) -> Callable[[Request, Any], Any]:
    """For addresses and methods that there aren't: told only to who is let in."""

    async def answer(request: Request, problem: HTTPException) -> Response:
        if not office.hosts.knows(request.headers.get("host", "")):
            return _sent(office, _MISDIRECTED)
        visit = await run_in_threadpool(_known, _visit(office, request, {}))
        if visit.session is None:
            return _sent(office, _way_in(visit, request))
        return _sent(office, Answer(HTTPStatus(problem.status_code), "there is no such page"))

    return answer


def _trouble(office: Office) -> Callable[[Request, Any], Any]:
    """For what went wrong in a way that has a name."""

    async def answer(_request: Request, problem: AuditorError) -> Response:
        if isinstance(problem, NotFound):
            return _sent(office, Answer(HTTPStatus.NOT_FOUND, problem.message))
        return _sent(office, Answer(HTTPStatus.SERVICE_UNAVAILABLE, str(problem)))

    return answer


def _mishap(office: Office) -> Callable[[Request, Any], Any]:
    """For mistakes of the program: nothing of them is shown, the server's own log has them."""

    async def answer(_request: Request, _problem: Exception) -> Response:
        return _sent(office, Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong"))

    return answer


def _sent(office: Office, answer: Answer) -> Response:
    """The answer with the headers that every answer has."""
    response = Response(answer.content, answer.status.value, media_type=None)
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Content-Type"] = answer.kind
    response.headers["Content-Security-Policy"] = f"{answer.policy}; {POLICY}"
    if office.is_secure:
        response.headers["Strict-Transport-Security"] = TLS_ONLY
    for name, value in answer.headers:
        response.headers.append(name, value)
    return response


_MISDIRECTED = Answer(HTTPStatus.MISDIRECTED_REQUEST, "this server answers only to its own address")
_TOO_LARGE = Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the form is too large")
