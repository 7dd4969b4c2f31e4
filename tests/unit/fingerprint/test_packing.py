"""Packed fingerprints come back as they were."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.fingerprint import Fingerprints, fingerprint_texts, pack, unpack, unpack_many


@pytest.mark.parametrize("text", ["", "one two three", "a b c d e f g h i j k l m n o p " * 20])
def test_packing_and_unpacking_is_the_identity(text: str) -> None:
    (prints,) = fingerprint_texts([text])
    assert unpack(pack(prints)) == prints


def test_five_bytes_and_a_quarter_a_fingerprint_eight_a_line_and_eight() -> None:
    (prints,) = fingerprint_texts(["A b c d e f. G h i j k l.\n\nM n o p q r"])
    assert len(prints.lines) == 3
    assert len(pack(prints)) == 8 + 5 * len(prints) + -(-len(prints) // 4) + 8 * 3


@pytest.mark.parametrize("broken", [b"", b"\x01\x00\x00\x00", b"\x01\x00\x00\x00" + b"x" * 8, b"\x00" * 9])
def test_other_bytes_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="hold"):
        unpack(broken)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_many_are_unpacked_as_each_is(count: int) -> None:
    texts = [
        "A b c d e f. G h i j k l m.",
        "",
        "n o",
        "p q r s t u v w x y z " * 9,
        "One two three four five six.",
    ]
    all_prints = fingerprint_texts(texts[:count])
    found = unpack_many([pack(prints) for prints in all_prints])
    assert found.sizes.tolist() == [len(prints) for prints in all_prints]
    assert found.line_sizes.tolist() == [len(prints.lines) for prints in all_prints]
    for name in ("values", "positions", "lines"):
        each = [getattr(prints, name) for prints in all_prints]
        assert np.array_equal(getattr(found, name), np.concatenate([[], *each]))


@pytest.mark.parametrize("broken", [b"", b"\x01\x00\x00\x00" + b"x" * 8, b"\x00" * 9])
def test_one_broken_among_many_is_refused(broken: bytes) -> None:
    (whole,) = fingerprint_texts(["a b c d e f g h"])
    with pytest.raises(ValueError, match="hold"):
        unpack_many([pack(whole), broken])


def test_negative_and_greatest_values_come_back() -> None:
    values = np.array([-(1 << 39), -1, 0, 1, (1 << 39) - 1])
    prints = Fingerprints(values, np.array([3, 4, 8, 9, 12], np.int32))
    assert unpack(pack(prints)) == prints


def test_what_winnowing_never_gives_is_not_packed() -> None:
    with pytest.raises(ValueError, match="apart"):
        pack(Fingerprints(np.zeros(2, np.int64), np.array([0, 5], np.int32)))
