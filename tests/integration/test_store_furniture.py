"""Lines of furniture come back as they were stored, on each database."""

from __future__ import annotations

from auditor.storage import Furnishing, LineStanding, Store

PLEA = "Keep the Lantern burning, please do"
LEARNT = Furnishing(-5, PLEA, LineStanding.LEARNT, "lantern", ("a", "é", "z"), ("mire", "østpost"))
ADDED = Furnishing(2**63 - 1, "Story continues below the gallery", LineStanding.ADDED)


def test_lines_come_back_as_stored_and_the_last_word_counts(store: Store) -> None:
    store.put_furniture([LEARNT, ADDED])
    assert set(store.furniture()) == {LEARNT, ADDED}
    kept = Furnishing(LEARNT.line, LEARNT.text, LineStanding.KEPT)
    store.put_furniture([kept])
    assert set(store.furniture()) == {kept, ADDED}
    store.drop_furniture([ADDED.line, 7])
    assert store.furniture() == (kept,)


def test_what_was_told_by_hand_outlives_what_was_learnt(store: Store) -> None:
    store.put_furniture([LEARNT, ADDED])
    store.forget_learnt_furniture()
    assert store.furniture() == (ADDED,)
