"""What the text layer must see in the five real articles of the evaluation data."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import PassageKind
from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import Document, read


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Document]:
    registry = Registry(shipped_sources())
    files = sorted((shared / "data" / "seeds").glob("*.txt"))
    return {file.stem[:3]: read(file.read_bytes().decode(), registry=registry) for file in files}


def of_kind(document: Document, kind: PassageKind) -> list[str]:
    return [passage.span.of(document.text) for passage in document.passages if passage.kind is kind]


def credits_in(document: Document) -> set[tuple[str, str]]:
    return {(credit.source, credit.form.value) for credit in document.credits}


def test_the_rewrite_credits_a_paper_at_its_foot_and_an_agency_in_its_middle(
    seeds: dict[str, Document],
) -> None:
    assert {("washington-post", "credit_line"), ("reuters", "attribution")} <= credits_in(seeds["000"])


def test_pictures_credit_no_text(seeds: dict[str, Document]) -> None:
    assert ("afp", "photo") in credits_in(seeds["000"])
    assert not {source for source, form in credits_in(seeds["000"]) if form != "photo"} & {"afp", "getty"}
    assert credits_in(seeds["002"]) == {("getty", "photo")}


def test_the_spliced_one_credits_two_russian_agencies(seeds: dict[str, Document]) -> None:
    assert credits_in(seeds["004"]) == {("interfax", "attribution"), ("ria-novosti", "attribution")}


def test_the_wire_copy_and_its_cut_copy_credit_nobody(seeds: dict[str, Document]) -> None:
    assert not credits_in(seeds["001"]) and not credits_in(seeds["003"])


def test_page_litter_is_furniture(seeds: dict[str, Document]) -> None:
    assert of_kind(seeds["002"], PassageKind.FURNITURE) == ["Share", "Advertisement", "Advertisement"]


def test_a_caption_that_runs_into_the_last_line_is_seen(seeds: dict[str, Document]) -> None:
    last = seeds["002"].passages[-1]
    assert last.kind is PassageKind.CAPTION and last.span.end == len(seeds["002"].text.rstrip())


def test_slug_and_caption_and_credit_are_told_from_the_body(seeds: dict[str, Document]) -> None:
    assert len(of_kind(seeds["000"], PassageKind.CAPTION)) == 3
    assert len(of_kind(seeds["000"], PassageKind.CREDIT)) == 1


def test_headlines(seeds: dict[str, Document]) -> None:
    assert [len(of_kind(seeds[name], PassageKind.HEADLINE)) for name in sorted(seeds)] == [1, 0, 1, 1, 1]


def test_the_doubled_copy_has_every_body_sentence_twice(seeds: dict[str, Document]) -> None:
    body = of_kind(seeds["003"], PassageKind.BODY)
    assert len(body) % 2 == 0 and body[: len(body) // 2] == body[len(body) // 2 :]


def test_the_same_man_speaks_in_the_copy_and_the_rewrite(seeds: dict[str, Document]) -> None:
    for name in ("000", "003"):
        longest = max(seeds[name].quotations, key=lambda quotation: quotation.span.length)
        assert longest.speaker == "Fallon"


def test_hedged_and_scaled_figures(seeds: dict[str, Document]) -> None:
    told = {(figure.value, figure.unit, figure.hedge) for figure in seeds["003"].figures}
    assert {
        (5000, "", "more than"),
        (214_000, "tonne", ""),
        (17, "second", ""),
        (5000, "", "between"),
    } <= told
    assert (70, "%", "nearly") in {(f.value, f.unit, f.hedge) for f in seeds["000"].figures}
    assert (70, "%", "about") in {(f.value, f.unit, f.hedge) for f in seeds["002"].figures}


def test_an_expanded_name_is_one_name(seeds: dict[str, Document]) -> None:
    assert sum(name.text == "Russian Federation" for name in seeds["004"].names) >= 8
