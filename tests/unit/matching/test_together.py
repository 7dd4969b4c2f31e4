"""Views made of many texts at once are those made of each by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditor.matching import align, views_ahead
from auditor.matching.views import View, view_of
from auditor.text import read

PIECES = [
    "The council of Hollowby voted on Tuesday to keep the old ferry running.",
    "Fares rise by 5,000 crowns, the mayor's office said. ",
    "\n\n",
    '"We will see," he said. ',
    "НА РЕКЕ Тихо. ",
    "河上很静。没有船。",
    "a b c d. " * 30,
    "word " * 200,
    "U.S. and U.K. ",
    "… ",
    " ",
]
NAMES = ("letters", "weight", "stems", "units")


def shown(view: View) -> list[object]:
    """All that the view holds, equal k-grams in any order."""
    grams, where = view.grams
    words, which = view.vocabulary
    pairs = sorted(zip(grams.tolist(), where.tolist(), strict=True))
    terms = [getattr(view.terms, each.name).tolist() for each in dataclasses.fields(view.terms)]
    arrays = [getattr(view, name) for name in NAMES]
    kinds = [array.dtype for array in (*arrays, grams, where, words, which)]
    return [pairs, words.tolist(), which.tolist(), terms, [array.tolist() for array in arrays], kinds]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), min_size=1, max_size=6))
def test_views_are_the_same_together_and_alone(texts: Sequence[str]) -> None:
    together, alone = [read(text) for text in texts], [read(text) for text in texts]
    views_ahead(together)

    assert [shown(view_of(one)) for one in together] == [shown(view_of(one)) for one in alone]


def test_a_view_that_is_known_is_kept() -> None:
    document = read(PIECES[0])
    view = view_of(document)
    views_ahead([document, read(PIECES[1])])

    assert view_of(document) is view


def test_no_text_keeps_the_arrays_of_others_in_memory() -> None:
    documents = [read(piece) for piece in PIECES]
    views_ahead(documents)
    views = [view_of(document) for document in documents]

    assert all(array.base is None for view in views for array in (view.letters, view.stems, *view.grams))


def test_texts_match_the_same_with_views_made_together() -> None:
    one, two = " ".join(PIECES), " ".join(PIECES[::-1])
    together = [read(one), read(two)]
    views_ahead(together)

    assert align(*together) == align(read(one), read(two)) != ()
    assert isinstance(view_of(together[0]).units, np.ndarray)
