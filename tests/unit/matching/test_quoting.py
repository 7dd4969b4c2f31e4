"""Quotation marks of all kinds, and what merely looks like one."""

from __future__ import annotations

import pytest

from auditor.matching.quoting import quotations
from auditor.text.layer import normalise
from auditor.text.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we will not go back" and left.', ["we will not go back"]),
        ("He said “we will not go” and left.", ["we will not go"]),
        ("She said: ‘That’s all, folks.’ Then silence.", ["that's all folks"]),
        ("The boys' boat isn't theirs'.", []),
        ('A 12" pipe and a 14" pipe', []),
        ('"First part of it.\n"Second part of it," he said.', ["first part of it", "second part of it"]),
        ("No marks at all here", []),
    ],
)
def test_what_stands_between_the_marks(text: str, inside: list[str]) -> None:
    tokens = tokenise(normalise(text))
    assert [" ".join(tokens.words[first:last]) for first, last in quotations(tokens)] == inside
