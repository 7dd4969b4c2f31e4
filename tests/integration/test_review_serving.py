"""The review application on a real socket: TLS, nonsense instead of HTTP, and two reviewers at one moment."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import httpx2
import pytest

from auditor.domain import Article, Moment
from auditor.errors import UsageProblem
from auditor.jobs.review import assign, decide, verify
from auditor.jobs.users import Role, add_user
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.web.server import Listening, ReviewServer, make_review_server
from tests.integration.test_store_licensing import WORDS

NOW = Moment.parse("2025-01-02T03:04:05Z")
PASSWORD = "correct horse battery staple"


@contextmanager
def serving(store: Store, *, reviewer: str | None = None, **listening: Any) -> Iterator[ReviewServer]:
    server = make_review_server(
        store, Registry(), Listening(**{"port": 0, **listening}), reviewer=reviewer, second=()
    )
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@pytest.fixture
def peopled(empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{shutil.copy(empty_file, tmp_path / 'store.db')}") as store:
        add_user(store, "ada", Role.REVIEWER, PASSWORD, at=NOW)
        yield store


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_by_tls_cookies_are_for_tls_alone(peopled: Store, tmp_path: Path) -> None:
    words = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    names = ("-subj", "/CN=review.example", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    files = ("-keyout", "key.pem", "-out", "cert.pem")
    subprocess.run(["openssl", *words, *names, *files], cwd=tmp_path, check=True, capture_output=True)
    tls: dict[str, Any] = {"certificate": tmp_path / "cert.pem", "private_key": tmp_path / "key.pem"}
    with serving(peopled, names=("localhost",), **tls) as server:
        assert server.address.startswith("https://localhost:")
        trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        page = httpx2.get(f"{server.address}login", verify=trusted)
        assert page.status_code == 200
        assert "; Secure" in page.headers["Set-Cookie"] and page.headers["Set-Cookie"].startswith("__Host-")
        assert page.headers["Strict-Transport-Security"]
        assert "server" not in page.headers


def test_nonsense_on_the_wire_stops_nobody(peopled: Store) -> None:
    with serving(peopled) as server:
        where = server.address.removeprefix("http://").strip("/")
        host, _, port = where.partition(":")
        for sent in (
            b"\x16\x03\x01\x02\x00\x01" + bytes(512),
            b"GET / HTTP/1.1\r\n\r\n",
            f"POST /login HTTP/1.1\r\nHost: {where}\r\nContent-Length: -5\r\n\r\n".encode(),
            b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        ):
            with (
                socket.create_connection((host, int(port)), timeout=20) as wire,
                suppress(ConnectionError),  # the server may hang up in the middle
            ):
                wire.sendall(sent)
                wire.shutdown(socket.SHUT_WR)
                while wire.recv(65536):
                    pass
        assert httpx2.get(f"{server.address}login").status_code == 200


def at_once(*calls: Any) -> list[Exception | None]:
    """Call all of them at one moment; what each raised."""
    barrier = Barrier(len(calls))
    ended: dict[int, Exception | None] = dict.fromkeys(range(len(calls)))

    def run(number: int, call: Any) -> None:
        barrier.wait()
        try:
            call()
        except UsageProblem as problem:
            ended[number] = problem

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(ended.values())


def test_of_two_reviewers_at_one_moment_the_later_is_told_of_the_earlier(store: Store) -> None:
    run = store.begin_run("test", {})
    store.add([(name, Article(name, f"text of {name}")) for name in ("item", "copy")], run=run)
    store.replace_licence_findings(["copy"], [WORDS], run=run)
    names = ("ada", "bo", "cy")

    def deciding(name: str) -> Any:
        return lambda: decide(store, ["f-1"], Decision.LICENSED, reviewer=name, at=NOW)

    refused = [problem for problem in at_once(*map(deciding, names)) if problem]
    (entry,) = store.decisions()
    assert len(refused) == 2
    assert all(f"{entry.reviewer} decided licensed" in str(problem) for problem in refused)
    assert verify(store).problems == ()

    def taking(name: str) -> Any:
        return lambda: assign(store, "c-1", name, by=name, at=NOW)

    refused = [problem for problem in at_once(*map(taking, names)) if problem]
    (given,) = store.assignments()
    assert len(refused) == 2
    assert all(f"gave it to {given.assignee}" in str(problem) for problem in refused)
