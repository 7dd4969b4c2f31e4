"""The review application for one reviewer: what it shows, what a decision does, what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from auditor.assets import example_dir
from auditor.domain import Moment
from auditor.jobs.audit import audit
from auditor.jobs.evidence import pack
from auditor.jobs.findings import list_findings, update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.review import decide
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.web.application import make_application
from auditor.web.gate import Hosts
from auditor.web.visit import LONGEST_FORM, Office

NOW = Moment.parse("2025-01-02T03:04:05Z")
ADDRESS = "http://127.0.0.1:8642"
SECOND = ("unlicensed",)


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
def office(store: Store, registry: Registry) -> Office:
    return Office(store, registry, Hosts(("127.0.0.1",), 8642), key="the key", reviewer="ada", second=SECOND)


@pytest.fixture
def stranger(office: Office) -> TestClient:
    return TestClient(make_application(office), base_url=ADDRESS, follow_redirects=False)


@pytest.fixture
def reviewer(stranger: TestClient) -> TestClient:
    entered = stranger.get("/enter?key=the key")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/")
    return stranger


def case_of(store: Store, article: str) -> str:
    return next(one.finding.case for one in list_findings(store) if one.finding.article == article)


def form_of(page: Response, **given: str) -> dict[str, str]:
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return {**hidden, "decision": "licensed", "note": "", **given}


def test_nobody_gets_in_without_the_key(store: Store, stranger: TestClient) -> None:
    for path in ("/", f"/case/{case_of(store, 'courier-dam')}", "/nothing", "/login", "/users"):
        for method in ("GET", "POST", "PUT", "HEAD"):
            assert stranger.request(method, path).status_code == 403, (method, path)
    assert stranger.get("/enter?key=wrong").status_code == 403
    assert stranger.get("/enter").status_code == 403


def test_a_session_is_made_by_the_server_never_taken_from_the_request(stranger: TestClient) -> None:
    stranger.cookies.set("auditor_review", "fixed")
    assert stranger.get("/").status_code == 403
    cookie = stranger.get("/enter?key=the key").headers["Set-Cookie"]
    assert "fixed" not in cookie
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_foreign_name_for_this_machine_is_refused(reviewer: TestClient) -> None:
    for host in ("evil.example", "evil.example:8642", "127.0.0.1:1", ""):
        for path in ("/", "/nothing", "/enter?key=the key"):
            assert reviewer.get(path, headers={"Host": host}).status_code == 421


def test_the_queue_shows_every_case_and_filters(store: Store, reviewer: TestClient) -> None:
    page = reviewer.get("/")
    cases = {one.finding.case for one in list_findings(store)}
    assert page.status_code == 200
    assert all(f"/case/{case}" in page.text for case in cases)
    only = reviewer.get("/?rule=corrections&source=upland-ledger")
    assert len(set(re.findall(r"/case/(c-\w+)", only.text))) == 1
    assert reviewer.get("/?rule=%22%3E%3Cscript%3E&page=-7").status_code == 200


def shown(page: Response) -> set[str]:
    return set(re.findall(r'class="case" href="/case/(c-\w+)"', page.text))


def test_the_queue_is_narrowed_by_standing_licensor_and_story(store: Store, reviewer: TestClient) -> None:
    every = list(list_findings(store))
    mine, theirs = case_of(store, "courier-dam"), case_of(store, "heap-hoard")
    decide(store, [mine], Decision.LICENSED, reviewer="bo", at=NOW)
    decide(store, [theirs], Decision.UNLICENSED, reviewer="bo", at=NOW)
    assert shown(reviewer.get("/?standing=decided")) == {mine}
    assert shown(reviewer.get("/?standing=second")) == {theirs}
    assert shown(reviewer.get("/?standing=open")) == {one.finding.case for one in every} - {mine}
    assert shown(reviewer.get("/?standing=stale")) == set()
    tern = {one.finding.case for one in every if one.finding.licensor == "tern-newswire"}
    assert shown(reviewer.get("/?licensor=tern-newswire")) == tern
    story = next(one.finding.story for one in every if one.finding.case == mine)
    assert shown(reviewer.get(f"/?story={story}")) == {
        f.finding.case for f in every if f.finding.story == story
    }


def test_stories_are_named_by_their_headlines(store: Store, reviewer: TestClient) -> None:
    headline = store.story_of("courier-dam").title  # type: ignore[union-attr]
    assert f"<bdi>{headline}</bdi>" in reviewer.get("/").text
    assert f"<bdi>{headline}</bdi>" in reviewer.get(f"/case/{case_of(store, 'courier-dam')}").text


def test_a_case_shows_findings_passages_and_both_texts(store: Store, reviewer: TestClient) -> None:
    page = reviewer.get(f"/case/{case_of(store, 'courier-dam')}")
    assert page.status_code == 200
    assert "without the credit line that agreement Meridian regional service 2024" in unescape(page.text)
    assert "Aldermos" in page.text and 'class="beside"' in page.text
    assert reviewer.get("/case/c-none").status_code == 404


def test_a_decision_goes_into_the_log_as_the_reviewers(store: Store, reviewer: TestClient) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.get(f"/case/{case}")
    done = reviewer.post(
        f"/case/{case}", data=form_of(page, note="<script>alert(1)</script>", reviewer="eve")
    )
    assert (done.status_code, done.headers["Location"]) == (303, f"/case/{case}")
    log = list(store.decisions(case))
    assert log and {entry.reviewer for entry in log} == {"ada"}
    shown = reviewer.get(f"/case/{case}").text
    assert "&lt;script&gt;alert" in shown and "<script>alert" not in shown


def test_what_another_decided_meanwhile_is_shown_not_overwritten(store: Store, reviewer: TestClient) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.get(f"/case/{case}")
    decide(store, [case], Decision.UNLICENSED, reviewer="bo", at=NOW)
    before = list(store.decisions())
    late = reviewer.post(f"/case/{case}", data=form_of(page))
    assert late.status_code == 409
    assert "bo decided unlicensed" in late.text
    assert list(store.decisions()) == before
    assert reviewer.post(f"/case/{case}", data=form_of(late)).status_code == 303


def test_a_decision_that_needs_two_holds_once_another_decides_the_same(
    store: Store, reviewer: TestClient
) -> None:
    case = case_of(store, "courier-dam")
    decide(store, [case], Decision.UNLICENSED, reviewer="bo", at=NOW)
    page = reviewer.get(f"/case/{case}")
    assert "unlicensed (awaits a second sign-off)" in page.text
    assert reviewer.post(f"/case/{case}", data=form_of(page, decision="unlicensed")).status_code == 303
    assert {one.standing for one in list_findings(store, second=SECOND) if one.finding.case == case} == {
        "unlicensed"
    }


def test_a_whole_story_is_decided_at_once(store: Store, reviewer: TestClient) -> None:
    finding = next(one.finding for one in list_findings(store) if one.finding.article == "courier-dam")
    page = reviewer.get(f"/case/{finding.case}")
    assert finding.story
    reviewer.post(f"/case/{finding.case}", data=form_of(page, on=finding.story))
    decided = {one.finding.article for one in list_findings(store) if one.decision}
    assert decided >= {"courier-dam", "heap-dam", "herald-dam"}


def test_chosen_cases_of_a_story_are_decided_at_once_or_not_at_all(
    store: Store, reviewer: TestClient
) -> None:
    story = next(one.finding.story for one in list_findings(store) if one.finding.article == "courier-dam")
    chosen = [case_of(store, "courier-dam"), case_of(store, "heap-dam")]
    page = reviewer.get(f"/?story={story}")
    assert all(f'name="case" value="{case}"' in page.text for case in chosen)
    none = reviewer.post("/decide", data=form_of(page))
    assert (none.status_code, "Choose at least one case" in none.text) == (400, True)
    decide(store, [chosen[1]], Decision.LICENSED, reviewer="bo", at=NOW)
    before = list(store.decisions())
    late = reviewer.post("/decide", data={**form_of(page, decision="common-source"), "case": chosen})
    assert (late.status_code, "bo decided licensed" in late.text) == (409, True)
    assert list(store.decisions()) == before
    done = reviewer.post("/decide", data={**form_of(late, decision="common-source"), "case": chosen})
    assert (done.status_code, done.headers["Location"]) == (303, f"/?story={story}")
    last = {one.finding.article: one.decision for one in list_findings(store) if one.decision}
    assert {entry.reviewer for entry in last.values()} == {"ada"}
    assert set(last) == {"courier-dam", "heap-dam"}


def test_a_case_is_taken_and_given_back(store: Store, reviewer: TestClient) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.get(f"/case/{case}")
    assert reviewer.post(f"/case/{case}/assign", data=form_of(page, to="ada")).status_code == 303
    assert shown(reviewer.get("/?assignee=ada")) == {case}
    assert case not in shown(reviewer.get("/?assignee=-"))
    late = reviewer.post(f"/case/{case}/assign", data=form_of(page, to=""))
    assert (late.status_code, "ada gave it to ada" in late.text) == (409, True)
    assert reviewer.post(f"/case/{case}/assign", data=form_of(late, to="")).status_code == 303
    assert [one.assignee for one in store.assignments(case)] == ["ada", None]
    assert reviewer.post(f"/case/{case}/assign", data=form_of(late, to="bo")).status_code == 403


def test_the_pack_is_that_of_the_command(
    store: Store, registry: Registry, reviewer: TestClient, tmp_path: Path
) -> None:
    case = case_of(store, "courier-dam")
    given = reviewer.get(f"/case/{case}/evidence.zip")
    assert given.headers["Content-Disposition"] == f'attachment; filename="{case}.zip"'
    pack(store, registry, case, tmp_path / "case.zip")
    assert given.content == (tmp_path / "case.zip").read_bytes()
    assert reviewer.get("/case/c-none/evidence.zip").status_code == 404


def test_the_spreadsheet_and_the_log_can_be_read(store: Store, reviewer: TestClient) -> None:
    assert reviewer.get("/findings.xlsx").content.startswith(b"PK")
    assert "0 decisions" in reviewer.get("/log").text
    written = decide(store, [case_of(store, "courier-dam")], Decision.LICENSED, reviewer="bo", at=NOW)
    page = reviewer.get("/log").text
    assert written[-1].digest in page and "the chain is whole" in page


def test_nonsense_is_answered_not_crashed_on(store: Store, reviewer: TestClient) -> None:
    case = case_of(store, "courier-dam")
    page = reviewer.get(f"/case/{case}")
    where = f"/case/{case}"
    assert reviewer.post(where, data=form_of(page, decision="hang")).status_code == 400
    assert reviewer.post(where, data=form_of(page, on="f-none")).status_code == 404
    assert reviewer.post(where, data=form_of(page, note="x" * 5000)).status_code == 409
    assert reviewer.post(where, data=form_of(page, note="x" * LONGEST_FORM)).status_code == 413
    assert reviewer.post(where, json=form_of(page)).status_code == 403
    assert reviewer.post(where, content=b"\xff%zz&=;\0", headers={"Content-Type": "a/b"}).status_code == 403
    assert reviewer.delete("/").status_code == 405
    assert reviewer.get("/nothing").status_code == 404
    assert reviewer.get(where, headers={b"Cookie": b"a=b; =;\xe9"}).status_code == 403
    assert list(store.decisions()) == []
