"""Each page and action by each role and by nobody; forged tokens, fixed sessions, scripts in every field."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from auditor.domain import (
    Article,
    Derivation,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Source,
    SourceKind,
    Span,
)
from auditor.jobs.users import Role, add_user, disable_user, set_password
from auditor.licensing import Certainty, Exhibit, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.storage.accounts import Assignment
from auditor.web.application import PAGES, WITH_PASSWORD, Page, make_application
from auditor.web.entering import stamp_of
from auditor.web.gate import IDLE_SECONDS, MOST_TRIES, WINDOW_SECONDS, Attempts, Hosts, Sessions
from auditor.web.visit import Office

NOW = Moment.parse("2025-01-02T03:04:05Z")
ADDRESS = "http://127.0.0.1:8642"
PASSWORD = "correct horse battery staple"
EVIL = "\"><script>document.title='pwned'</script><img src=x onerror=alert(1)>&lt;'{{7*7}}"
TEXT = "The harbour board closed its oldest pier on Monday. "
NOBODY = "nobody"
WHO = (NOBODY, *(role.value for role in Role))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def finding(**changes: Any) -> Finding:
    base = Finding(
        id="f-1",
        case="c-1",
        article="copy",
        source="echo",
        licensor="kestrel",
        item="item",
        rule=RuleKind.WORDS,
        state=State.FINDING,
        agreement="echo-2025",
        terms="ab" * 32,
        measured=212,
        bound=150,
        unit="words",
        sentence="The Echo runs 212 words.",
        exhibits=(Exhibit(Span(0, 20), Place("item", Span(0, 20))),),
        certainty=Certainty.TRACED,
        confidence=0.9,
        rank=50,
        story="s-1",
        pairs=(("12" * 32, "34" * 32),),
    )
    return replace(base, **changes)


def filled(store: Store, said: str = "plain") -> None:
    """A case with everything that a person or a page can have written into it."""
    sources = [Source("echo", said, SourceKind.PUBLISHER), Source("kestrel", said, SourceKind.WIRE)]
    store.put_sources(sources)
    run = store.begin_run("test", {})
    texts = {"item": "kestrel", "copy": "echo"}
    told: dict[str, Any] = {"title": said, "byline": said, "credit": said, "published": NOW}
    articles = [Article(one, f"{said} {TEXT * 5}", key, **told) for one, key in texts.items()]
    store.add([(one.id, one) for one in articles], run=run)
    span = Span(0, 40)
    row = Derivation(
        "copy",
        span,
        Place("item", span),
        Origin("kestrel", "item"),
        Relation.COPY,
        0.9,
        MatchKind.VERBATIM,
        1.0,
    )
    store.replace_lineage(["copy"], [row], [])
    one = finding(sentence=said, agreement=said, unit=said)
    store.replace_licence_findings(["copy"], [one], run=run)
    entry = Entry(0, NOW, said, "f-1", one.digest, "c-1", Decision.LICENSED, said)
    store.add_decision(entry)
    store.assign(Assignment(0, NOW, "c-1", said, said))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def peopled(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a case and a user of each role: hashing their passwords takes time."""
    file = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("peopled") / "store.db"))
    with open_store(f"sqlite:///{file}") as opened:
        filled(opened)
        for role in Role:
            add_user(opened, role.value, role, PASSWORD, at=NOW)
    return file


@pytest.fixture
def store(peopled: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{shutil.copy(peopled, tmp_path / 'store.db')}") as opened:
        yield opened


@pytest.fixture
def office(store: Store, clock: Clock) -> Office:
    hosts = Hosts(("127.0.0.1",), 8642)
    return Office(store, Registry(store.sources()), hosts, sessions=Sessions(clock), attempts=Attempts(clock))


Enter = Callable[[str], TestClient]


@pytest.fixture
def enter(office: Office) -> Enter:
    """A browser with the session of somebody, or of nobody."""

    def entered(who: str) -> TestClient:
        client = TestClient(make_application(office), base_url=ADDRESS, follow_redirects=False)
        account = office.store.account(who)
        if account:
            session = office.sessions.open(account.name, Role(account.role), stamp_of(account))
            client.cookies.set(office.cookie, session.id, domain="127.0.0.1")
        return client

    return entered


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> Response:
    return client.post("/login", data={**hidden(client.get("/login")), "name": name, "password": password})


def hidden(page: Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return {name: html.unescape(value) for name, value in found}


FORMS = {
    "/case/{name}": {"decision": "unlicensed", "seen": "1"},
    "/case/{name}/assign": {"to": "", "assignment": "1"},
    "/decide": {"case": "c-1", "decision": "unlicensed", "seen": "1", "story": "s-1"},
    "/users": {"name": "reader"},
    "/logout": {},
}


def called(client: TestClient, page: Page, token: str | None = None) -> Response:
    path = page.path.format(name="c-1")
    if page.method == "GET":
        return client.get(path)
    return client.post(path, data={**FORMS[page.path], **({} if token is None else {"token": token})})


def token_of(client: TestClient) -> str:
    return hidden(client.get("/log"))["token"]


def traces(store: Store) -> tuple[int, int, int]:
    """What an action leaves behind."""
    ended = sum(one.disabled is not None for one in store.accounts())
    return len(list(store.decisions())), len(list(store.assignments())), ended


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
def test_each_page_and_action_is_for_its_role_and_those_above(
    store: Store, enter: Enter, page: Page, who: str
) -> None:
    client, before = enter(who), traces(store)
    answer = called(client, page, token_of(client) if who != NOBODY else "x" * 43)
    assert page.role is not None, "a page that is for everybody doesn't belong here"
    if who != NOBODY and Role(who).may(page.role):
        assert answer.status_code == (200 if page.method == "GET" else 303), answer.text
        assert (traces(store) != before) is (page.method == "POST" and page.path != "/logout")
        return
    assert traces(store) == before
    if who == NOBODY and page.method == "GET":
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/login")
    else:
        assert answer.status_code == 403
    assert "c-1" not in answer.text and "The Echo" not in answer.text


def test_every_address_of_the_application_was_tried(office: Office) -> None:
    tried = {(page.path, page.method) for page in (*PAGES, *WITH_PASSWORD)}
    routes = make_application(office).routes
    there = {
        (route.path, method)  # type: ignore[attr-defined]
        for route in routes
        for method in route.methods - {"HEAD"}  # type: ignore[attr-defined]
    }
    assert there == tried
    assert {page.path for page in PAGES if page.method == "POST"} == set(FORMS)


@pytest.mark.parametrize("path", ["/nothing", "/case/c-1/../../users", "/static/x", "/case/", "/enter"])
def test_nobody_learns_which_pages_there_are(enter: Enter, path: str) -> None:
    nobody = enter(NOBODY)
    assert nobody.get(path).headers["Location"].startswith("/login")
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert nobody.request(method, path).status_code == 403


@pytest.mark.parametrize("page", [one for one in PAGES if one.method == "POST"], ids=lambda page: page.path)
def test_no_form_is_taken_without_the_sessions_own_token(store: Store, enter: Enter, page: Page) -> None:
    client, other = enter("administrator"), enter("administrator")
    own, before = token_of(client), traces(store)
    for forged in (None, "", "x" * 43, token_of(other), own[:-1], own + "x", "é"):
        assert called(client, page, forged).status_code == 403, forged
    assert traces(store) == before
    assert client.get("/log").status_code == 200, "a forged form must not log anybody out"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_form_is_taken_from_another_site_even_with_the_token(
    store: Store, enter: Enter, headers: dict[str, str]
) -> None:
    client = enter("reviewer")
    form = {**FORMS["/case/{name}"], "token": token_of(client)}
    assert client.post("/case/c-1", data=form, headers=headers).status_code == 403
    assert len(list(store.decisions())) == 1
    mine = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    assert client.post("/case/c-1", data=form, headers=mine).status_code == 303


def test_a_token_in_the_address_counts_for_nothing(enter: Enter) -> None:
    client = enter("reviewer")
    form = FORMS["/case/{name}"]
    assert client.post(f"/case/c-1?token={token_of(client)}", data=form).status_code == 403


def test_a_session_fixed_beforehand_is_never_taken_on(enter: Enter, office: Office) -> None:
    client = enter(NOBODY)
    client.cookies.set(office.cookie, "fixed", domain="127.0.0.1")
    assert client.get("/").status_code == 303
    done = log_in(client, "reviewer")
    assert "fixed" not in done.headers["Set-Cookie"]
    assert office.sessions.of("fixed") is None


def test_a_login_ends_the_session_before_it(enter: Enter, office: Office) -> None:
    client = enter("reader")
    before = client.cookies[office.cookie]
    assert log_in(client, "administrator").status_code == 303
    after = client.cookies[office.cookie]
    assert before != after
    assert office.sessions.of(before) is None and office.sessions.of(after) is not None


def test_a_logout_ends_the_session_at_the_server(enter: Enter, office: Office) -> None:
    client = enter("reader")
    stolen = client.cookies[office.cookie]
    assert client.get("/").status_code == 200
    done = client.post("/logout", data={"token": token_of(client)})
    assert (done.status_code, done.headers["Location"]) == (303, "/login")
    thief = enter(NOBODY)
    thief.cookies.set(office.cookie, stolen, domain="127.0.0.1")
    assert thief.get("/").status_code == 303


def test_a_session_ends_by_itself(enter: Enter, clock: Clock) -> None:
    client = enter("reader")
    clock.now += IDLE_SECONDS + 1
    assert client.get("/").headers["Location"] == "/login"


def test_another_password_or_the_end_of_an_account_ends_its_sessions(store: Store, enter: Enter) -> None:
    one, other = enter("reader"), enter("reviewer")
    set_password(store, "reader", "another battery staple")
    disable_user(store, "reviewer", at=NOW)
    assert one.get("/").status_code == 303 and other.get("/").status_code == 303
    assert log_in(one, "reader").status_code == 403
    assert log_in(one, "reader", "another battery staple").status_code == 303
    assert log_in(other, "reviewer").status_code == 403


def test_cookies_are_out_of_reach(enter: Enter, office: Office) -> None:
    for answer in (enter(NOBODY).get("/login"), log_in(enter(NOBODY), "reader")):
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
        assert "Secure" not in cookie and "Domain" not in cookie
    secure = replace(office, is_secure=True)
    client = TestClient(make_application(secure), base_url="https://127.0.0.1:8642", follow_redirects=False)
    done = log_in(client, "reader")
    assert re.match(r"__Host-[\w-]+=[\w-]+; .*\bSecure\b", done.headers["Set-Cookie"])
    assert client.get("/").headers["Strict-Transport-Security"]


def test_wrong_names_and_wrong_passwords_look_alike(enter: Enter) -> None:
    client = enter(NOBODY)
    mark = re.compile(r'name="mark" value="[^"]*"')
    wrong = [log_in(client, name, "wrong") for name in ("reader", "nobody at all")]
    assert [one.status_code for one in wrong] == [403, 403]
    assert mark.sub("", wrong[0].text) == mark.sub("", wrong[1].text)
    for password in ("", "x" * 10_000, "\x00", "ü" * 300):
        assert log_in(enter(NOBODY), "reader", password).status_code in (403, 429)


def test_after_too_many_attempts_even_the_right_password_waits(enter: Enter, clock: Clock) -> None:
    client = enter(NOBODY)
    for _ in range(MOST_TRIES):
        assert log_in(client, "reader", "wrong").status_code == 403
    late = log_in(client, "READER ")
    assert late.status_code == 429 and int(late.headers["Retry-After"]) > 0
    assert "Too many attempts" in late.text
    assert log_in(client, "reviewer").status_code == 303, "others aren't held up"
    clock.now += WINDOW_SECONDS + 1
    assert log_in(client, "reader").status_code == 303


def test_nobody_can_be_logged_in_by_another_sites_form(enter: Enter) -> None:
    client = enter(NOBODY)
    form = {"name": "reader", "password": PASSWORD}
    assert client.post("/login", data=form).status_code == 403
    mark = hidden(client.get("/login"))["mark"]
    assert enter(NOBODY).post("/login", data={**form, "mark": mark}).status_code == 403
    assert client.post("/login", data={**form, "mark": mark}).status_code == 303


@pytest.mark.parametrize(
    ("after", "there"),
    [
        ("/case/c-0a1b", "/case/c-0a1b"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/case/c-1\r\nSet-Cookie: a=b", "/"),
        ("/case/c-1/../../users", "/"),
    ],
)
def test_a_login_leads_to_a_case_or_to_the_queue_and_nowhere_else(
    enter: Enter, after: str, there: str
) -> None:
    client = enter(NOBODY)
    form = {**hidden(client.get("/login")), "name": "reader", "password": PASSWORD, "after": after}
    assert client.post("/login", data=form).headers["Location"] == there


def test_nobody_ends_their_own_account(store: Store, enter: Enter) -> None:
    client = enter("administrator")
    form = {"token": token_of(client), "name": "Administrator"}
    assert client.post("/users", data=form).status_code == 409
    assert client.post("/users", data={**form, "name": "no such"}).status_code == 404
    assert traces(store)[2] == 0


def test_only_an_administrator_gives_cases_to_others_and_only_to_who_decides(
    store: Store, enter: Enter
) -> None:
    def given(who: str, to: str) -> int:
        client = enter(who)
        last = max(one.number for one in store.assignments("c-1"))
        form = {"to": to, "assignment": str(last), "token": token_of(client)}
        return client.post("/case/c-1/assign", data=form).status_code

    assert given("reviewer", "administrator") == 403
    assert given("reviewer", "reviewer") == 303
    assert given("administrator", "reviewer") == 303
    assert given("administrator", "reader") == 409


class Foreign(HTMLParser):
    """Collects what a page must not have: scripts beside its own, handlers, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in ("img", "iframe", "object", "embed"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "action") and "script:" in (value or "")):
                self.found.append(f"{tag} {name}={value}")


def test_script_in_every_field_stays_text(empty_file: Path, tmp_path: Path, clock: Clock) -> None:
    with open_store(f"sqlite:///{shutil.copy(empty_file, tmp_path / 'evil.db')}") as store:
        filled(store, EVIL)
        _script_in_every_field_stays_text(store, clock)


def _script_in_every_field_stays_text(store: Store, clock: Clock) -> None:
    add_user(store, EVIL[:60], Role.ADMINISTRATOR, PASSWORD, at=NOW)
    office = Office(store, Registry(store.sources()), Hosts(("127.0.0.1",), 8642), sessions=Sessions(clock))
    client = TestClient(make_application(office), base_url=ADDRESS, follow_redirects=False)
    assert log_in(client, EVIL[:60]).status_code == 303
    token = token_of(client)

    asked = "&".join(
        f"{name}={quote(EVIL)}"
        for name in ("source", "rule", "story", "standing", "assignee", "page", "licensor")
    )
    form = {"token": token, "decision": "unlicensed", "seen": "0", "note": EVIL, "story": EVIL, "case": "c-1"}
    answers = [
        *(client.get(path) for path in ("/", f"/?{asked}", "/?story=s-1", "/case/c-1", "/log", "/users")),
        client.get(f"/login?after={quote(EVIL)}"),
        client.post("/case/c-1", data=form),
        client.post("/decide", data=form),
        client.post("/case/c-1/assign", data={**form, "to": EVIL}),
        client.post("/login", data={**form, "name": EVIL, "password": EVIL}),
    ]
    for answer in answers:
        assert answer.headers["Content-Type"].startswith("text/html"), answer.text
        page = Foreign()
        page.feed(answer.text)
        assert page.found == [] and page.scripts <= 1, answer.request.url
    for path in ("/", "/case/c-1", "/log", "/users"):
        assert (
            html.escape(EVIL[:30]).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
            in client.get(path).text
        )
    assert client.get("/case/%22%3E%3Cscript%3E").status_code == 404


def test_every_answer_has_strict_headers(enter: Enter) -> None:
    client, nobody = enter("administrator"), enter(NOBODY)
    answers = [
        *(called(client, page) for page in PAGES),
        *(nobody.get(path) for path in ("/", "/login", "/nothing")),
        nobody.get("/", headers={"Host": "evil.example"}),
        client.get("/nothing"),
        client.put("/"),
    ]
    for answer in answers:
        headers = answer.headers
        assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy
        scripts = re.findall(r"<script>", answer.text) if "html" in headers["Content-Type"] else []
        assert bool(scripts) is ("script-src 'sha256-" in policy)


def test_a_mistake_of_the_program_shows_nothing_of_itself(
    store: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(
        make_application(office), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
    )
    assert log_in(client, "reader").status_code == 303
    monkeypatch.setattr(store, "finding_outlines", None)
    broken = client.get("/")
    assert (broken.status_code, broken.text) == (500, "something went wrong")
    assert "default-src 'none'" in broken.headers["Content-Security-Policy"]
