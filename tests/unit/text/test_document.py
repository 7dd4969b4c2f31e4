"""A document's parts: what they cover, and that they are worked out once."""

from __future__ import annotations

import pickle

from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import read

TEXT = (
    "Pier opens\n\nEASTMERE (AP) — The pier opened on Monday. “We did it,” Ann Doe said.\n\n"
    "It cost $4.1 million.\n\nAdvertisement"
)


def test_parts_are_computed_once() -> None:
    document = read(TEXT, registry=Registry(shipped_sources()))
    for part in (
        "tokens",
        "paragraphs",
        "passages",
        "sentences",
        "quotations",
        "figures",
        "names",
        "credits",
    ):
        assert getattr(document, part) is getattr(document, part)
        assert len(getattr(document, part)) > 0


def test_a_document_survives_pickling() -> None:
    document = read(TEXT, title="Pier opens", registry=Registry(shipped_sources()))
    again = pickle.loads(pickle.dumps(document))
    assert (again.text, again.passages, again.credits) == (document.text, document.passages, document.credits)


def test_empty_text_has_no_parts() -> None:
    document = read("")
    assert not any(
        (document.sentences, document.quotations, document.figures, document.names, document.credits)
    )


def test_the_text_is_never_altered() -> None:
    text = "  “Ｗｅ”\r\n\x19won.\u200b "
    assert read(text).text is text
