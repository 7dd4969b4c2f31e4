"""Packed texts come back as they were, also those of before there was a dictionary."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.storage.packing import packed_text, unpacked_text


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assume = text.encode("utf-8", "ignore").decode()  # half of a surrogate pair is no text of ours
    assert unpacked_text(packed_text(assume)) == assume


def test_what_was_packed_without_the_dictionary_is_read() -> None:
    assert unpacked_text(zlib.compress("ferry – “so”".encode())) == "ferry – “so”"


def test_the_dictionary_is_the_one_that_stores_were_packed_with() -> None:
    packed = bytes.fromhex("78f9d128bf648b86fb2a24b1280fdd4bb1009d340981")
    assert unpacked_text(packed) == '[["wire","Tarn is a wire",2.0]]'


def test_evidence_takes_a_fraction_of_its_room() -> None:
    told = '[[["published_first","published 40 minutes earlier",7.0],["wire","Tarn is a wire",2.0]]]'
    assert len(packed_text(told)) < len(told) / 2


def test_something_else_is_no_packed_text() -> None:
    with pytest.raises(zlib.error):
        unpacked_text(b"something else")
