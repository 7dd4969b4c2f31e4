"""The review application as WSGI (PEP 3333): routes, answers, headers.

Every answer carries the same strict headers; every page but the entrance needs a session, and every decision
a form's token too. It must not know what a finding is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from auditor.domain import Moment
from auditor.errors import AuditorError, NotFound, UsageProblem
from auditor.jobs.review import decide
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.report.render import Renderer
from auditor.web.gate import Gate
from auditor.web.pages import case_page, queue_page

if TYPE_CHECKING:
    from auditor.storage import Store

StartResponse = Callable[[str, list[tuple[str, str]]], Any]

# A note of 4,000 characters in UTF-8, percent-encoded, with room for the rest.
LONGEST_FORM = 64_000
_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: HTTPStatus
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/plain; charset=utf-8"


class Application:
    """The pages over one store, for one reviewer."""

    def __init__(self, store: Store, registry: Registry, gate: Gate, reviewer: str) -> None:
        self._store, self._registry, self._gate, self._reviewer = store, registry, gate, reviewer
        self._renderer = Renderer()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(environ)
        except NotFound as problem:
            answer = Answer(HTTPStatus.NOT_FOUND, problem.message)
        except AuditorError as problem:
            answer = Answer(HTTPStatus.SERVICE_UNAVAILABLE, str(problem))
        body = answer.body.encode("utf-8", "replace")
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(body))), *_HEADERS]
        start_response(f"{answer.status.value} {answer.status.phrase}", [*headers, *answer.headers])
        return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        if not self._gate.knows_host(str(environ.get("HTTP_HOST", ""))):
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, "this server answers only to its own address")
        method, path = environ.get("REQUEST_METHOD", "GET"), str(environ.get("PATH_INFO", "/"))
        asked = _fields(str(environ.get("QUERY_STRING", "")))
        if path == "/enter" and method == "GET":
            return self._enter(asked.get("key", ""))
        session = self._gate.session_of(str(environ.get("HTTP_COOKIE", "")))
        if session is None:
            return Answer(HTTPStatus.FORBIDDEN, "open the address that auditor serve printed")
        if method in ("GET", "HEAD"):
            return self._shown(path, asked, session)
        if method == "POST" and path.startswith("/case/"):
            return self._decided(path.removeprefix("/case/"), environ, session)
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED, "pages are read, decisions are posted")

    def _enter(self, key: str) -> Answer:
        cookie = self._gate.enter(key)
        if cookie is None:
            return Answer(HTTPStatus.FORBIDDEN, "this isn't the key; it changes each time the server starts")
        return Answer(HTTPStatus.SEE_OTHER, "", (("Set-Cookie", cookie), ("Location", "/")))

    def _shown(self, path: str, asked: dict[str, str], session: str) -> Answer:
        if path == "/":
            return self._page("review_queue", queue_page(self._store, self._registry, asked), session)
        if path.startswith("/case/"):
            return self._case(path.removeprefix("/case/"), session)
        return Answer(HTTPStatus.NOT_FOUND, "there is no such page")

    def _case(self, name: str, session: str, trouble: str = "", status: HTTPStatus = HTTPStatus.OK) -> Answer:
        page = case_page(self._store, self._registry, name, self._reviewer, trouble=trouble)
        return self._page("review_case", page, session, status)

    def _page(self, name: str, page: object, session: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
        html = self._renderer.page(name, page, zone="UTC", linked=False, token=self._gate.token(session))
        return Answer(status, html, kind="text/html; charset=utf-8")

    def _decided(self, name: str, environ: dict[str, Any], session: str) -> Answer:
        given = _posted(environ)
        if given is None:
            return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the form is too large")
        if not self._gate.is_ours(session, given.get("token", "")):
            return Answer(HTTPStatus.FORBIDDEN, "this form isn't from a page of this session: load it again")
        now = datetime.now(UTC).replace(microsecond=0)
        try:
            seen = given.get("seen", "")
            decide(
                self._store,
                [given.get("on") or name],
                Decision(given.get("decision", "")),
                reviewer=self._reviewer,
                at=Moment(now, now),
                note=given.get("note", ""),
                after=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None,
            )
        except UsageProblem as problem:
            trouble = f"{problem.message}. Nothing was written: look at it again, then decide."
            return self._case(name, session, trouble, HTTPStatus.CONFLICT)
        except ValueError:
            return self._case(name, session, "Choose a decision.", HTTPStatus.BAD_REQUEST)
        return Answer(HTTPStatus.SEE_OTHER, "", (("Location", f"/case/{quote(name, safe='')}"),))


def _fields(text: str) -> dict[str, str]:
    try:
        parsed = parse_qs(text, max_num_fields=50)
    except ValueError:
        return {}
    return {key: values[-1] for key, values in parsed.items()}


def _posted(environ: dict[str, Any]) -> dict[str, str] | None:
    """The fields of a posted form; None where it is longer than any of ours."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > LONGEST_FORM:
        return None
    return _fields(environ["wsgi.input"].read(int(length)).decode("utf-8", "replace"))
