"""The review application: who gets in, what it shows, what a decision does, and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from auditor.assets import example_dir
from auditor.domain import Moment
from auditor.jobs.audit import audit
from auditor.jobs.findings import list_findings, update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.review import decide
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.web.application import LONGEST_FORM, Application
from auditor.web.gate import Gate

NOW = Moment.parse("2025-01-02T03:04:05Z")
HOST = "127.0.0.1:8642"


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: str


class Client:
    """A browser without a screen: sends what it is told to, and keeps no secrets."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.cookie = ""

    def send(self, method: str, path: str, form: dict[str, str] | None = None, **more: Any) -> Answered:
        said: dict[str, Any] = {}
        path, _, query = path.partition("?")
        body = urlencode(form or {}).encode()
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": self.cookie,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **more,
        }

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            said["status"], said["headers"] = int(status.split(maxsplit=1)[0]), dict(headers)

        content = b"".join(self._application(environ, start))
        return Answered(said["status"], said["headers"], content.decode())


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    file = tmp_path_factory.mktemp("review") / "auditor.db"
    with open_store(f"sqlite:///{file}") as store:
        ingest(store, registry, [example_dir() / "articles"])
        audit(store, registry)
        update_findings(store, registry, example_dir() / "licences")
    return file


@pytest.fixture
def store(audited: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "auditor.db"
    copy.write_bytes(audited.read_bytes())
    with open_store(f"sqlite:///{copy}") as opened:
        yield opened


@pytest.fixture
def gate() -> Gate:
    return Gate(8642)


@pytest.fixture
def stranger(store: Store, registry: Registry, gate: Gate) -> Client:
    return Client(Application(store, registry, gate, "ada"))


@pytest.fixture
def reviewer(stranger: Client, gate: Gate) -> Client:
    entered = stranger.send("GET", f"/enter?key={gate.key}")
    assert entered.status == 303
    stranger.cookie = entered.headers["Set-Cookie"].partition(";")[0]
    return stranger


def case_of(store: Store, article: str) -> str:
    return next(one.finding.case for one in list_findings(store) if one.finding.article == article)


def form_of(page: Answered, **given: str) -> dict[str, str]:
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.body))
    return {**hidden, "decision": "licensed", "note": "", **given}


def test_nobody_gets_in_without_the_key(store: Store, stranger: Client) -> None:
    for path in ("/", f"/case/{case_of(store, 'courier-dam')}", "/nothing"):
        for method in ("GET", "POST", "PUT", "HEAD"):
            assert stranger.send(method, path).status == 403, (method, path)
    assert stranger.send("GET", "/enter?key=wrong").status == 403
    assert stranger.send("GET", "/enter").status == 403


def test_a_session_is_made_by_the_server_never_taken_from_the_request(stranger: Client, gate: Gate) -> None:
    stranger.cookie = "auditor_review=fixed"
    assert stranger.send("GET", "/").status == 403
    entered = stranger.send("GET", f"/enter?key={gate.key}")
    cookie = entered.headers["Set-Cookie"]
    assert "fixed" not in cookie
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_foreign_name_for_this_machine_is_refused(reviewer: Client) -> None:
    for host in ("evil.example", "evil.example:8642", "127.0.0.1:1", ""):
        assert reviewer.send("GET", "/", HTTP_HOST=host).status == 421


def test_the_queue_shows_every_case_and_filters(store: Store, reviewer: Client) -> None:
    page = reviewer.send("GET", "/")
    cases = {one.finding.case for one in list_findings(store)}
    assert page.status == 200
    assert all(f"/case/{case}" in page.body for case in cases)
    only = reviewer.send("GET", "/?rule=corrections&source=upland-ledger")
    assert len(set(re.findall(r"/case/(c-\w+)", only.body))) == 1
    assert reviewer.send("GET", "/?rule=%22%3E%3Cscript%3E&page=-7").status == 200


def test_a_case_shows_findings_passages_and_both_texts(store: Store, reviewer: Client) -> None:
    page = reviewer.send("GET", f"/case/{case_of(store, 'courier-dam')}")
    assert page.status == 200
    assert "without the credit line that agreement Meridian regional service 2024" in unescape(page.body)
    assert "Aldermos" in page.body and 'class="beside"' in page.body
    assert reviewer.send("GET", "/case/c-none").status == 404


def test_a_decision_goes_into_the_log_as_the_reviewers(store: Store, reviewer: Client) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.send("GET", f"/case/{case}")
    done = reviewer.send(
        "POST", f"/case/{case}", form_of(page, note="<script>alert(1)</script>", reviewer="eve")
    )
    assert (done.status, done.headers["Location"]) == (303, f"/case/{case}")
    log = list(store.decisions(case))
    assert log and {entry.reviewer for entry in log} == {"ada"}
    shown = reviewer.send("GET", f"/case/{case}").body
    assert "&lt;script&gt;alert" in shown and "<script>alert" not in shown


def test_a_form_without_the_sessions_token_is_refused(store: Store, reviewer: Client, gate: Gate) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.send("GET", f"/case/{case}")
    for token in ("", "0" * 64, gate.token("another session"), "é"):
        assert reviewer.send("POST", f"/case/{case}", form_of(page, token=token)).status == 403
    assert list(store.decisions()) == []


def test_what_another_decided_meanwhile_is_shown_not_overwritten(store: Store, reviewer: Client) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.send("GET", f"/case/{case}")
    decide(store, [case], Decision.UNLICENSED, reviewer="bo", at=NOW)
    before = list(store.decisions())
    late = reviewer.send("POST", f"/case/{case}", form_of(page))
    assert late.status == 409
    assert "bo decided unlicensed" in late.body
    assert list(store.decisions()) == before
    assert reviewer.send("POST", f"/case/{case}", form_of(late)).status == 303


def test_a_whole_story_is_decided_at_once(store: Store, reviewer: Client) -> None:
    finding = next(one.finding for one in list_findings(store) if one.finding.article == "courier-dam")
    page = reviewer.send("GET", f"/case/{finding.case}")
    assert finding.story
    reviewer.send("POST", f"/case/{finding.case}", form_of(page, on=finding.story))
    decided = {one.finding.article for one in list_findings(store) if one.decision}
    assert decided >= {"courier-dam", "heap-dam", "herald-dam"}


def test_nonsense_is_answered_not_crashed_on(store: Store, reviewer: Client) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.send("GET", f"/case/{case}")
    assert reviewer.send("POST", f"/case/{case}", form_of(page, decision="hang")).status == 400
    assert reviewer.send("POST", f"/case/{case}", form_of(page, on="f-none")).status == 404
    assert reviewer.send("POST", f"/case/{case}", form_of(page, note="x" * 5000)).status == 409
    too_long = reviewer.send("POST", f"/case/{case}", CONTENT_LENGTH=str(LONGEST_FORM + 1))
    assert too_long.status == 413
    assert reviewer.send("POST", f"/case/{case}", CONTENT_LENGTH="-1").status == 413
    assert reviewer.send("DELETE", "/").status == 405
    assert list(store.decisions()) == []


def test_every_answer_has_strict_headers(store: Store, reviewer: Client) -> None:
    for path in ("/", f"/case/{case_of(store, 'courier-dam')}", "/enter?key=x", "/nothing"):
        answer = reviewer.send("GET", path)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "default-src &#39;none&#39;" in answer.body or "default-src 'none'" in answer.body
