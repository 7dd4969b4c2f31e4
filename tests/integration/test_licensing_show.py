"""The example collection with its two agreements, from `auditor demo` to a pack that shows any tampering."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

import pytest

from auditor.licensing import RuleKind
from tests.integration.calling import Call

DATABASE = ("--database", "sqlite:///demo/auditor.db")


@pytest.fixture
def call(call: Call) -> Call:
    """Calls the command in a folder in which `auditor demo` was called before."""
    assert call("demo", "--quiet").code == 0
    return partial(call, given="")


def test_from_the_demo_to_a_pack_that_shows_any_tampering(call: Call) -> None:
    found = call("findings", "list", *DATABASE, "--json").json
    covered = call("findings", "list", "--covered", *DATABASE, "--json").json
    assert {one["rule"] for one in found} == {rule.value for rule in RuleKind} - {"same_owner"}
    assert len({one["agreement"] for one in found if one["agreement"]}) == 2
    assert covered and not {one["id"] for one in covered} & {one["id"] for one in found}

    case = next(one["case"] for one in found if one["article"] == "courier-dam")
    decided = ("review", "decide", "unlicensed", case, "--note", "their editor was asked", *DATABASE)
    assert call(*decided, "--reviewer", "Ada Brandt").code == 0
    assert call(*decided, "--reviewer", "Bo").code == 2, "nobody goes over another's head unawares"
    assert call("review", "verify", *DATABASE).code == 0
    shown = call("findings", "list", *DATABASE, "--json").json
    assert {one["decision"]["decision"] for one in shown if one["case"] == case} == {"unlicensed"}

    assert call("evidence", "pack", case, "--out", "case.zip", *DATABASE).code == 0
    assert call("evidence", "pack", case, "--out", "again.zip", *DATABASE).code == 0
    assert Path("case.zip").read_bytes() == Path("again.zip").read_bytes()
    whole = call("evidence", "verify", "case.zip", "--json")
    assert (whole.code, whole.json["problems"], whole.json["case"]) == (0, [], case)

    with zipfile.ZipFile("case.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    kinds = {name.partition("/")[0] for name in files}
    assert kinds >= {"texts", "captures", "terms", "evidence.html", "decisions.jsonl", "MANIFEST.json"}
    for name in files:
        with zipfile.ZipFile("tampered.zip", "w") as archive:
            for each, content in files.items():
                archive.writestr(each, _tampered(content) if each == name else content)
        caught = call("evidence", "verify", "tampered.zip")
        assert caught.code == 1, name
        named = any(line.startswith(name) for line in caught.out.splitlines())
        assert named or name == "MANIFEST.json", (name, caught.out)


def _tampered(content: bytes) -> bytes:
    """One bit turned, in the middle."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_users_are_made_without_a_password_on_the_command_line(call: Call) -> None:
    made = call(
        "users", "add", "Ada Brandt", "--role", "administrator", *DATABASE, given="several words no one\n"
    )
    assert (made.code, made.out) == (0, "")
    assert call("users", "add", "ada brandt", *DATABASE, given="several words no one\n").code == 2
    assert call("users", "add", "bo", *DATABASE, given="too short\n").code == 2
    assert call("users", "add", "bo", *DATABASE).code == 2
    (ada,) = call("users", "list", *DATABASE, "--json").json
    assert (ada["name"], ada["role"], ada["disabled"]) == ("Ada Brandt", "administrator", None)
    assert "several words" not in Path("demo/auditor.db").read_bytes().decode("latin-1")
    assert call("users", "passwd", "Ada Brandt", *DATABASE, given="other words than before\n").code == 0
    assert call("users", "disable", "nobody", *DATABASE).code != 0
    assert call("users", "disable", "Ada Brandt", *DATABASE).code == 0
    assert call("users", "list", *DATABASE, "--json").json[0]["disabled"]


def test_serve_refuses_where_it_may_not_listen(call: Call) -> None:
    alone = call("serve", "--host", "0.0.0.0", "--name", "review.example", *DATABASE)
    assert (alone.code, "no users" in alone.err) == (2, True)
    call("users", "add", "ada", *DATABASE, given="several words no one\n")
    clear = call("serve", "--host", "0.0.0.0", "--name", "review.example", *DATABASE)
    assert (clear.code, "for all to read" in clear.err) == (2, True)
    named = call("serve", "--reviewer", "ada", *DATABASE)
    assert (named.code, "has users" in named.err) == (2, True)


def test_a_case_is_given_to_somebody_and_two_dont_give_it_at_once(call: Call) -> None:
    case = call("findings", "list", *DATABASE, "--json").json[0]["case"]
    assert call("review", "assign", case, "ada", "--reviewer", "bo", *DATABASE).code == 0
    late = call("review", "assign", case, "cy", "--reviewer", "cy", *DATABASE)
    assert (late.code, "bo gave it to ada" in late.err) == (2, True)
    assert call("review", "assign", case, "cy", "--reviewer", "cy", "--after", "1", *DATABASE).code == 0
    assert call("review", "assign", "c-none", "cy", "--reviewer", "cy", *DATABASE).code != 0


def test_the_slot_for_a_time_stamp_is_asked_for_without_a_network(call: Call) -> None:
    case = call("findings", "list", *DATABASE, "--json").json[0]["case"]
    call("evidence", "pack", case, "--out", "case.zip", *DATABASE)
    assert call("evidence", "request", "case.zip", "--out", "case.tsq").code == 0
    asked = Path("case.tsq").read_bytes()
    assert Path("case.tsq").stat().st_size > 40
    assert asked.startswith(b"0")
    assert call("evidence", "pack", case, "--out", "x.zip", "--stamp", "case.tsq", *DATABASE).code != 0
