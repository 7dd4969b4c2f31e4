"""Where the server may listen: alone on this machine, or with users and TLS."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain import Moment
from auditor.errors import UsageProblem
from auditor.jobs.users import Role, add_user
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.web.server import Listening, ReviewServer, make_review_server

NOW = Moment.parse("2025-01-02T03:04:05Z")


@pytest.fixture
def lone(empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    file = shutil.copy(empty_file, tmp_path / "store.db")
    with open_store(f"sqlite:///{file}") as store:
        yield store


@pytest.fixture
def peopled(lone: Store) -> Store:
    add_user(lone, "ada", Role.REVIEWER, "correct horse battery", at=NOW)
    return lone


def made(store: Store, *, reviewer: str | None = None, **listening: Any) -> ReviewServer:
    server = make_review_server(
        store, Registry(), Listening(**{"port": 0, **listening}), reviewer=reviewer, second=()
    )
    server._bound.close()
    return server


def test_without_users_it_serves_one_person_on_this_machine_by_a_key(lone: Store) -> None:
    server = made(lone, reviewer="ada")
    assert server.address.startswith("http://127.0.0.1:")
    assert server.office.key and server.address.endswith(f"/enter?key={server.office.key}")
    assert made(lone, reviewer="ada").office.key != server.office.key


def test_with_users_there_is_no_key(peopled: Store) -> None:
    server = made(peopled)
    assert server.office.key is None and server.address.endswith("/")
    with pytest.raises(UsageProblem, match="has users"):
        made(peopled, reviewer="ada")


@pytest.mark.parametrize(
    "where", [{"host": "0.0.0.0", "names": ("x",)}, {"behind_proxy": True}, {"names": ("x.example",)}]
)
def test_where_others_could_come_in_it_refuses_without_users(lone: Store, where: dict[str, Any]) -> None:
    with pytest.raises(UsageProblem, match="no users"):
        made(lone, reviewer="ada", **where)


def test_passwords_never_go_over_a_network_in_the_clear(peopled: Store) -> None:
    with pytest.raises(UsageProblem, match="for all to read"):
        made(peopled, host="0.0.0.0", names=("review.example",))
    server = made(peopled, names=("review.example",), behind_proxy=True)
    assert server.address == "https://review.example/"
    assert server.office.is_secure and server.office.cookie.startswith("__Host-")


def test_an_address_that_means_everywhere_needs_a_name(peopled: Store) -> None:
    with pytest.raises(UsageProblem, match="is no name"):
        made(peopled, host="0.0.0.0", behind_proxy=True)


def test_a_certificate_must_have_its_key_and_be_one(peopled: Store, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("no certificate", encoding="utf-8")
    with pytest.raises(UsageProblem, match="private key"):
        made(peopled, certificate=tmp_path / "x.pem")
    with pytest.raises(UsageProblem, match="certificate can't be used"):
        made(peopled, certificate=tmp_path / "x.pem", private_key=tmp_path / "x.pem")


def test_a_port_that_is_taken_is_named(lone: Store) -> None:
    first = make_review_server(lone, Registry(), Listening(port=0), reviewer="ada")
    with first._bound as bound, pytest.raises(UsageProblem, match="in use"):
        made(lone, reviewer="ada", port=bound.getsockname()[1])


def test_nobody_as_the_reviewer_is_refused(lone: Store) -> None:
    with pytest.raises(UsageProblem, match="nobody is named"):
        made(lone)
