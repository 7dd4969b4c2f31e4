"""The ranges that a row stands for: words, the marks that close them, and rules that both texts have."""

from __future__ import annotations

from auditor.domain import Span
from auditor.lineage.places import spans_of
from auditor.text import Document, read

RULE = "=" * 20


def _found(ours: str, theirs: str, words: str, free: int = 0) -> tuple[str, str]:
    one, two = read(ours), read(theirs)
    spans = spans_of(one, two, _tokens(one, words), _tokens(two, words), free)
    return spans[0].of(ours), spans[1].of(theirs)


def _tokens(document: Document, words: str) -> tuple[int, int]:
    at = document.text.index(words)
    return document.tokens.within(Span(at, at + len(words)))


def test_a_passage_ends_with_the_marks_that_close_it() -> None:
    text = "He left. “The weir is old.” She stayed."
    assert _found(text, text, "The weir is old") == ("“The weir is old.”",) * 2


def test_a_rule_that_both_texts_have_belongs_to_the_passage_beside_it() -> None:
    text = f"Hello there.\n{RULE}\nThe weir is old\n{RULE}\nBye."
    assert _found(text, text, "The weir is old") == (f"{RULE}\nThe weir is old\n{RULE}",) * 2


def test_a_rule_that_only_one_text_has_doesnt() -> None:
    ours, theirs = f"The weir is old\n{RULE}\nBye.", "The weir is old. Not now."
    assert _found(ours, theirs, "The weir is old") == ("The weir is old", "The weir is old.")


def test_of_two_rules_no_more_is_taken_in_than_both_have() -> None:
    ours, theirs = f"The weir is old\n{RULE}\nBye.", f"The weir is old\n{RULE[:8]}\nBye."
    assert _found(ours, theirs, "The weir is old") == (f"The weir is old\n{RULE[:8]}",) * 2


def test_the_rule_of_the_passage_before_isnt_taken_in_twice() -> None:
    text = f"Hello there.\n{RULE}\nThe weir is old."
    assert _found(text, text, "The weir is old", free=text.index("\nThe"))[0] == "The weir is old."


def test_the_punctuation_of_a_sentence_is_no_rule() -> None:
    text = "Hello there, - The weir is old, - and so on."
    assert _found(text, text, "The weir is old") == ("The weir is old,",) * 2
