"""Terms from TOML: what is written is what is meant, and each mistake has its line and key."""

from __future__ import annotations

import json
from datetime import date

import pytest

from auditor.domain import CreditForm
from auditor.licensing import terms
from auditor.licensing.conflicts import conflicts, strangers
from auditor.licensing.odrl import odrl
from auditor.licensing.reading import read_agreement, read_defaults
from auditor.licensing.terms import Changes, RuleKind, Terms, Where
from tests.unit.licensing.sample import REGISTRY

WHOLE = """\
name = "Echo 2025"
licensor = "Kestrel Wire"
licensees = ["The Echo", "argus.example"]
valid_from = 2025-01-01
valid_until = 2025-12-31
territory = ["Nordhaven"]

[rules]
verbatim = false
source_share = 0.5
target_share = 0.8
words = 150
byline = true
dateline = true
alterations = "style"
archive = {days = 30}
embargo = {hours = 2.5}
corrections = {hours = 6, kill_hours = 1}
advisory = {marks = ["Note:"]}
republication = false

[rules.credit]
forms = ["dateline"]
where = "head"
"""


def test_every_rule_is_read() -> None:
    found, mistakes = read_agreement(WHOLE, "licences/echo-2025.toml")
    assert mistakes == () and found is not None
    assert (found.id, found.valid_until) == ("echo-2025", date(2025, 12, 31))
    assert found.rule(RuleKind.CREDIT) == terms.CreditLine((CreditForm.DATELINE,), Where.HEAD)
    assert found.rule(RuleKind.EMBARGO) == terms.Embargo(2.5)
    assert found.rule(RuleKind.ALTERATIONS) == terms.Alterations(Changes.STYLE)
    agreed = set(RuleKind) - {
        RuleKind.FULL_COPY,
        RuleKind.EXCERPT,
        RuleKind.SAME_OWNER,
        RuleKind.TERRITORY,  # a key of the agreement itself
    }
    assert {rule.kind for rule in found.rules} == agreed


def test_the_version_follows_the_meaning_not_the_writing() -> None:
    found, _ = read_agreement(WHOLE, "a/echo.toml")
    spaced, _ = read_agreement("# a remark\n" + WHOLE.replace(" = ", "   =  "), "b/echo.toml")
    other, _ = read_agreement(WHOLE.replace("150", "151"), "a/echo.toml")
    assert found and spaced and other
    assert found.digest == spaced.digest != other.digest


@pytest.mark.parametrize(
    ("line", "wrong", "key"),
    [
        (2, 'licensor = ""', "licensor"),
        (3, "licensees = []", "licensees"),
        (4, 'valid_from = "2025"', "valid_from"),
        (5, "valid_until = 2024-12-31", "valid_until"),
        (6, "teritory = []", "teritory"),
        (9, "verbatim = 1", "rules.verbatim"),
        (10, "source_share = 50", "rules.source_share"),
        (12, "words = -1", "rules.words"),
        (15, 'alterations = "some"', "rules.alterations"),
        (16, "archive = 30", "rules.archive"),
        (16, "archive = {day = 30}", "rules.archive.day"),
        (18, "corrections = {hours = true}", "rules.corrections.hours"),
        (20, "republishing = false", "rules.republishing"),
        (23, 'forms = ["banner"]', "rules.credit.forms"),
        (24, 'where = "left"', "rules.credit.where"),
    ],
)
def test_each_mistake_has_its_file_line_and_key(line: int, wrong: str, key: str) -> None:
    lines = WHOLE.splitlines()
    lines[line - 1] = wrong
    found, mistakes = read_agreement("\n".join(lines), "terms.toml")
    assert found is None
    assert (line, key) in {(one.line, one.key) for one in mistakes}
    assert str(mistakes[0]).startswith("terms.toml:")


def test_all_mistakes_are_told_at_once() -> None:
    _, mistakes = read_agreement(WHOLE.replace("150", '"many"').replace("0.5", "5"), "terms.toml")
    assert [one.key for one in mistakes] == ["rules.source_share", "rules.words"]


def test_what_isnt_toml_is_told_with_its_line() -> None:
    _, (mistake,) = read_agreement('name = "x"\nlicensor == 3\n', "terms.toml")
    assert mistake.line == 2


def test_defaults_are_read_and_checked() -> None:
    found, mistakes = read_defaults("full_share = 0.9\nfull_words = 200\n", "defaults.toml")
    assert (found.full_share, found.full_words, found.triage_copies, mistakes) == (0.9, 200, 10, ())
    _, (mistake,) = read_defaults("full_share = 90\n", "defaults.toml")
    assert (mistake.line, mistake.key) == (1, "full_share")


def test_overlapping_agreements_are_shown_with_what_they_contradict_each_other_on() -> None:
    one, _ = read_agreement(WHOLE, "one.toml")
    other, _ = read_agreement(WHOLE.replace("words = 150", "words = 90"), "other.toml")
    later, _ = read_agreement(
        WHOLE.replace("2025-12-31", "2026-12-31").replace("2025-01-01", "2026-01-01"), "z.toml"
    )
    assert one and other and later
    (found,) = conflicts([later, other, one], REGISTRY)
    assert (found.one, found.other) == ("one", "other")
    assert (found.licensees, found.rules) == (("argus", "echo"), ("words",))


def test_names_that_nobody_is_registered_under_are_told() -> None:
    found, _ = read_agreement(WHOLE.replace("The Echo", "The Ecco"), "one.toml")
    assert found
    assert list(strangers(found, REGISTRY)) == [("licensees", "The Ecco")]


def test_every_rule_has_its_place_in_odrl() -> None:
    found, _ = read_agreement(WHOLE, "one.toml")
    assert found
    graph = odrl(Terms((found,)), REGISTRY)
    (policy,) = graph["@graph"]
    permission = policy["permission"][0]
    assert policy["@type"] == "Agreement"
    assert permission["assigner"]["uid"] == "urn:auditor:source:kestrel"
    assert [one["uid"] for one in permission["assignee"]] == [
        "urn:auditor:source:echo",
        "urn:auditor:source:argus",
    ]
    assert {one["leftOperand"] for one in permission["constraint"]} == {
        "dateTime",
        "spatial",
        "elapsedTime",
        "auditor:shareOfItem",
        "auditor:shareOfArticle",
        "auditor:words",
        "auditor:sinceReleaseOrEmbargo",
    }
    assert len(permission["duty"]) == 5
    assert [one["action"] for one in policy["prohibition"]] == [
        "reproduce",
        "modify",
        "display",
        "grantUse",
    ]
    json.dumps(graph)
