"""What shows that one of two letters answers the other; the texts are invented."""

from __future__ import annotations

import pytest

from auditor.domain import Aligned, Article, MatchKind, Moment, Span
from auditor.lineage import Relative, Witness, trace, witness
from auditor.lineage.answering import answering
from auditor.lineage.parameters import DEFAULTS
from auditor.lineage.readings import read_against
from auditor.text import read
from tests.unit.lineage.invented import REGISTRY

_QUOTED = "The pump of the old barge loses oil at the third seal whenever the canal freezes over."
_QUESTION = f"Hello barge people. {_QUOTED}\nThanks in advance\nOluwaseun Brandvold"


def _post(name: str, text: str, byline: str | None = None, published: str | None = None) -> Witness:
    when = Moment.parse(published) if published else None
    article = Article(name, text, byline=byline, published=when)
    return witness(article, read(text, registry=REGISTRY), REGISTRY)


def _shared(one: Witness, other: Witness) -> Relative:
    spans = []
    for each in (one, other):
        start = each.article.text.index(_QUOTED)
        spans.append(Span(start, start + len(_QUOTED)))
    return Relative(other, (Aligned(spans[0], spans[1], 1.0, MatchKind.VERBATIM),))


def _shown(one: Witness, other: Witness) -> dict[str, float]:
    return dict(answering(one, other, read_against(one.side, other.side, _shared(one, other).matches)))


@pytest.mark.parametrize(
    ("answer", "sign"),
    [
        (f"{_QUOTED}\nYes, grease.", "replies"),
        (f"{_QUOTED}\nMine was cured by a ring from the yard that they had in a drawer.", "prose_after"),
        (f"Somebody on the lower canal writes:\n{_QUOTED}\nGrease.", "says_whose"),
        (f"{_QUOTED}\n[lines deleted]\nGrease.", "left_out"),
        (f"Oluwaseun, grease it.\n{_QUOTED}", "names_author"),
    ],
)
def test_an_answer_shows_more_of_each_sign_than_what_it_answers(answer: str, sign: str) -> None:
    question = _post("q", _QUESTION, "brand@barges.example (Oluwaseun Brandvold)")
    reply = _post("r", answer, "ines@locks.example (Ines Vanterpool)")
    assert _shown(reply, question)[sign] > 0


def test_who_asks_and_thanks_shows_more_of_asking() -> None:
    assert _shown(_post("q", _QUESTION), _post("r", f"{_QUOTED}\nGrease."))["asks"] > 0


def test_the_signs_are_the_opposite_seen_from_the_other_side() -> None:
    question, reply = _post("q", _QUESTION), _post("r", f"Ann wrote:\n{_QUOTED}\nYes, I had that too.")
    back = _shown(question, reply)
    assert _shown(reply, question) == pytest.approx({kind: -value for kind, value in back.items()})


def test_a_text_that_is_shared_whole_shows_nothing() -> None:
    one, two = _post("a", _QUOTED), _post("b", _QUOTED)
    assert set(_shown(one, two).values()) == {0.0}


def test_ones_own_name_is_no_naming_of_the_other() -> None:
    one = _post("a", f"{_QUOTED}\nOluwaseun Brandvold", "Oluwaseun Brandvold")
    two = _post("b", f"{_QUOTED}\nGrease.", "Oluwaseun Brandvold")
    assert _shown(one, two)["names_author"] == 0


def test_the_answer_has_the_question_as_parent_without_times() -> None:
    question = _post("q", _QUESTION, "brand@barges.example")
    reply = _post("a", f"Oluwaseun writes:\n{_QUOTED}\nWell, grease it.", "ines@locks.example")
    (row, *_) = trace(reply, [_shared(reply, question)], REGISTRY)
    assert row.parent is not None
    assert row.parent.article == "q"
    assert {item.kind for item in row.evidence} >= {"replies", "says_whose"}


def test_texts_that_hardly_talk_are_letters_only_if_both_authors_give_an_address() -> None:
    said = f"{_QUOTED}\nWell, grease."
    assert _post("r", said).marks.talk < DEFAULTS.talk
    for address in (None, "ines@locks.example"):
        reply, question = _post("r", said, address), _post("q", _QUOTED, "brand@barges.example")
        rows = trace(reply, [_shared(reply, question)], REGISTRY)
        kinds = {item.kind for row in rows for item in row.evidence}
        assert ("replies" in kinds) == (address is not None)


@pytest.mark.parametrize(("day", "parents"), [("01", ["q"]), ("02", [])])
def test_an_answer_whose_writers_clock_is_hours_late_still_has_the_question_as_parent(
    day: str, parents: list[str]
) -> None:
    question = _post("q", _QUESTION, "brand@barges.example", f"2026-03-{day}T11:40:00Z")
    said = f"Oluwaseun writes:\n{_QUOTED}\nWell, you grease it before it snows, or so I was told.\nYes."
    reply = _post("r", said, "ines@locks.example", "2026-03-01T09:10:00Z")
    rows = trace(reply, [_shared(reply, question)], REGISTRY)
    assert sorted({row.parent.article for row in rows if row.parent}) == parents
