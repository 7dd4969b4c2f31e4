"""Database URLs: what is read from them, and that what is shown of them holds no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import ConfigProblem
from auditor.storage.address import read_address


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///store.db", "store.db"),
        ("sqlite:////var/lib/store.db", "/var/lib/store.db"),
        ("sqlite:///a folder/50%.db", "a folder/50%.db"),
        ("sqlite+pysqlite:///store.db", "store.db"),
    ],
)
def test_a_file_is_named_relative_or_absolute(url: str, file: str) -> None:
    address = read_address(url)
    assert address.file == Path(file)
    assert address.shown == f"sqlite:///{file}"
    assert address.is_sqlite


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_name_of_postgresql_means_the_same_driver(scheme: str) -> None:
    address = read_address(f"{scheme}://ann:secret@db.example:5433/tarn?sslmode=require")
    assert address.url.drivername == "postgresql+psycopg"
    assert address.url.password == "secret"
    assert address.url.query == {"sslmode": "require"}
    assert address.shown == "postgresql://ann:***@db.example:5433/tarn"
    assert not address.is_sqlite


def test_neither_the_address_nor_what_is_shown_of_it_tells_a_secret() -> None:
    address = read_address("postgresql://ann:p%40ss@db.example/tarn?sslpassword=hidden&options=x")
    assert address.secrets() == ["p@ss", "hidden"]
    for told in (repr(address), str(address), address.shown):
        assert not any(secret in told for secret in ("p@ss", "p%40ss", "hidden"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "store.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file.db?mode=ro",
        "sqlite://host/file.db",
        "mysql://host/name",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host:port/name",
        "postgresql://ann:half@of@host/name",
    ],
)
def test_what_names_no_database_of_ours_is_refused_with_a_remedy(url: str) -> None:
    with pytest.raises(ConfigProblem) as caught:
        read_address(url)
    assert caught.value.remedy
