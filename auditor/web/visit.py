"""What a handler is given and what it gives back: a visit and an answer, without any framework.

It must not know routes nor pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from auditor.registry import Registry
from auditor.report.render import Renderer
from auditor.web.gate import Attempts, Hosts, Session, Sessions

if TYPE_CHECKING:
    from auditor.storage import Store

# A note of 4,000 characters in UTF-8, percent-encoded, with room for the cases of a story.
LONGEST_FORM = 64_000
MOST_FIELDS = 1000
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Office:
    """What every page of one server works with.

    ``key`` and ``reviewer`` are those of a server for one person, None where users log in; ``is_secure`` says
    that browsers reach it by TLS; ``second`` are the decisions that need a second sign-off.
    """

    store: Store
    registry: Registry
    hosts: Hosts
    key: str | None = None
    reviewer: str | None = None
    second: tuple[str, ...] = ()
    is_secure: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    attempts: Attempts = field(default_factory=Attempts)
    renderer: Renderer = field(default_factory=Renderer)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; browsers take a ``__Host-`` one only by TLS and for this host."""
        return "__Host-auditor-review" if self.is_secure else "auditor_review"

    def kept(self, name: str, value: str, *, seconds: int | None = None) -> tuple[str, str]:
        """The header that makes a browser keep a cookie for this host alone, out of reach of scripts."""
        parts = [f"{name}={value}", "HttpOnly", "SameSite=Strict", "Path=/"]
        parts += ["Secure"] if self.is_secure else []
        parts += [f"Max-Age={seconds}"] if seconds is not None else []
        return "Set-Cookie", "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as a handler sees it. ``asked`` are the address's fields, ``posted`` the form's."""

    office: Office
    session: Session | None
    address: str
    cookies: Mapping[str, str]
    asked: Mapping[str, Sequence[str]]
    posted: Mapping[str, Sequence[str]]
    named: Mapping[str, str]

    @property
    def who(self) -> Session:
        """Whoever is logged in; only for handlers that ask for a role."""
        assert self.session is not None
        return self.session

    def given(self, name: str) -> str:
        """The last value of a form's field, "" where there is none."""
        return self.posted.get(name, [""])[-1]

    def filters(self) -> dict[str, str]:
        """The address's fields, the last value of each."""
        return {name: values[-1] for name, values in self.asked.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. ``policy`` is the page's own content security policy."""

    status: HTTPStatus
    body: str | bytes = ""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/plain; charset=utf-8"
    policy: str = "default-src 'none'; base-uri 'none'; form-action 'none'"

    @property
    def content(self) -> bytes:
        """The body as bytes."""
        return self.body if isinstance(self.body, bytes) else self.body.encode("utf-8", "replace")


def page(visit: Visit, name: str, value: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """The page of a template."""
    renderer, session = visit.office.renderer, visit.session
    html = renderer.page(
        name,
        value,
        zone="UTC",
        linked=False,
        token=session.token if session else "",
        who=session,
        logs_in=visit.office.key is None,
    )
    return Answer(status, html, kind=HTML, policy=renderer.policy(name))


def seen_there(*path: str) -> Answer:
    """Go and look there: what follows a form that was carried out."""
    return Answer(HTTPStatus.SEE_OTHER, "", (("Location", "/" + "/".join(quote(p, safe="") for p in path)),))


def fields(text: str) -> dict[str, list[str]]:
    """The fields of an address or a form; none of what can't be read."""
    try:
        return parse_qs(text, max_num_fields=MOST_FIELDS, keep_blank_values=True)
    except ValueError:
        return {}
