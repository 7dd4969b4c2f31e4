"""What pages say of texts that retention removed, and of copies that are out of date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain import Moment, Removed, Span, Stale, Status
from auditor.report import formats, write_report
from auditor.storage.texts import stand_in
from tests.unit.report.sample import LEAD, MemoryStore, collection, registry, span_of

GONE = Removed(Moment.parse("2026-04-01T00:00:00Z"), "ab" * 32)


def remove(store: MemoryStore, name: str) -> MemoryStore:
    """Take the text of an article away as retention does."""
    article = store.held[name]
    store.held[name] = replace(article, text=stand_in(len(article.text)), title=None, removed=GONE)
    return store


def page(out: Path, pattern: str) -> str:
    """The one page of that name."""
    return next(out.glob(pattern)).read_text("utf-8")


def test_a_removed_text_says_so_and_keeps_what_was_found(tmp_path: Path) -> None:
    write_report(remove(collection(), "quay"), registry(), tmp_path)
    article, pair = page(tmp_path, "articles/quay-*"), page(tmp_path, "pairs/quay-*")
    assert "The text was removed on 1 Apr 2026" in article
    assert GONE.digest in article
    assert "characters removed]" in article
    assert "4.1 million crowns" in article  # a change's words are evidence and stay
    assert "words removed" in pair
    assert "[2 characters removed]" not in article + pair  # the space between two passages is no news
    assert not any("▒" in path.read_text("utf-8") for path in tmp_path.rglob("*.html"))


def test_no_credit_is_missed_in_a_text_that_was_removed(tmp_path: Path) -> None:
    store = remove(collection(), "quay")
    write_report(store, registry(), tmp_path)
    rows = page(tmp_path, "stories/*").split('id="pickups"')[1].split("<tr>")[2:]
    row = next(row for row in rows if ">Quayside Daily<" in row.split("</th>")[0])
    assert "text removed" in row
    assert "not known" in row


def test_a_stale_copy_says_what_became_of_its_passage_and_since_when(tmp_path: Path) -> None:
    store = collection()
    span = span_of(store.held["quay"].text, LEAD)
    store.all_stale.append(Stale("quay", span, "wire-1", "gazette", Status.CORRECTED, 5.5))
    write_report(store, registry(), tmp_path)
    article = page(tmp_path, "articles/quay-*")
    assert "What is out of date here" in article
    assert "Corrected 5 h 30 min before this was last seen" in article
    assert LEAD in article.split("What is out of date here")[1].split("</section>")[0]
    story = page(tmp_path, "stories/*")
    assert "<dt>stale copy<b>1</b>" in story
    assert "corrected 5 h 30 min before" in story
    assert "corrected 5 h 30 min before" in (tmp_path / "tables/pickups.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "withdrawn, no telling how long ago"),
        (0.0, "withdrawn after this was last seen"),
        (50.0, "withdrawn 2 days 2 h before this was last seen"),
    ],
)
def test_how_long_a_copy_was_out_of_date_is_said_as_far_as_it_is_known(
    hours: float | None, words: str
) -> None:
    assert formats.outdated(Stale("a", Span(0, 1), "b", "c", Status.CANCELED, hours)) == words
