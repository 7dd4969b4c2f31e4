"""What must hold of garbling whatever the texts are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain import Derivation, Garble, MatchKind, Origin, Place, Relation, Span
from auditor.garbling import garbles
from auditor.garbling.vocabulary import same_word, styled
from auditor.text import read
from tests.untraced import grows_within

WORDS = st.sampled_from(
    (
        *(
            "the",
            "a",
            "Hasle",
            "Moor",
            "said",
            "not",
            "never",
            "5,000",
            "nearly 70",
            "percent",
            "dam",
            "ship",
            "U.S.",
        ),
        *(
            "didn't",
            "fails",
            "“we”",
            '"you"',
            "—",
            "...",
            "he",
            "that",
            "modernize",
            "Sept. 30",
            "rebels'",
            "café",
        ),
        *("&amp;", "was.", "grew.", "Then,", "however,", "(AP)", "Advertisement"),
    )
)
TEXTS = (
    st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=40)
    .map(" ".join)
    .filter(lambda text: any(char.isalpha() for char in text))
)


def judged(parent: str, child: str, inherited: tuple[Garble, ...] = ()) -> tuple[Garble, ...]:
    rows: tuple[Derivation, ...] = ()
    if child and parent:
        rows = (
            Derivation(
                "child",
                Span(0, len(child)),
                Place("parent", Span(0, len(parent))),
                Origin(None, "parent"),
                Relation.COPY,
                1.0,
                MatchKind.EDITED,
                1.0,
            ),
        )
    return garbles(read(child), rows, {"parent": read(parent)}, {"parent": inherited}, article="child")


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_before_and_after_stand_where_they_are_said_to(parent: str, child: str) -> None:
    for row in judged(parent, child):
        assert 0 <= row.span.start <= row.span.end <= len(child)
        assert row.after == row.span.of(child)
        if row.parent is not None:
            assert row.before == row.parent.span.of(parent)


@settings(deadline=None)
@given(TEXTS)
def test_a_copy_to_the_letter_has_brought_in_nothing(text: str) -> None:
    own = garbles(read(text), (), {}, {}, article="parent")
    assert all(row.introduced_by == "parent" for row in judged(text, text, own))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_garbles(parent: str, child: str) -> None:
    assert judged(parent, child) == judged(parent, child)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_garbles_are_sorted_and_none_stands_twice(parent: str, child: str) -> None:
    rows = judged(parent, child)
    assert [row.span for row in rows] == sorted(row.span for row in rows)
    assert len({(row.span, row.kind, row.before) for row in rows}) == len(rows)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz.'", min_size=1, max_size=16))
def test_styling_a_styled_word_changes_nothing_that_matters(form: str) -> None:
    assert same_word(form, form)
    assert styled(form) == styled(form)


HOSTILE = {
    "letters": "a",
    "spaces": " ",
    "ampersands": "&a",
    "question marks": "a?s ",
    "dots": "ab.Cd",
    "hyphens": "ab-",
    "foreign": "Ãâ",
    "quotes": "“a”",
    "doubles": "the the ",
    "lines": "Share\n",
    "figures": "1,0",
    "stops": ". [1]",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_takes_time_in_proportion(kind: str) -> None:
    from auditor.garbling import boilerplate, encoding, entity, splice, whitespace

    def find(size: int) -> None:
        text = (HOSTILE[kind] * size)[:size]
        for found in (whitespace.own(text), splice.own(text), entity.own(text)):
            list(found)
        list(encoding._ENTITY.finditer(text))
        list(encoding._LOST.finditer(text))
        list(encoding._QUESTION.finditer(text))
        list(encoding._mojibake(text))
        boilerplate.said(text)
        list(boilerplate._INLINE.finditer(text))
        assert read(text).is_bare in (True, False)

    assert grows_within(2.5, lambda: find(50_000), lambda: find(100_000))
