"""Text is stored as given or refused with a reason; pages are read as a browser would."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import InputRejected
from auditor.ingest.decoding import decode_page, decode_text, read_text, storable, unstorable_at

GIVEN = "  The harbour – “closed”.\r\n\r\n\tNo one was hurt.\x19\u2028 \n\n"


def test_utf8_comes_back_code_point_for_code_point(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(GIVEN.encode())
    assert read_text(file) == GIVEN


def test_a_utf8_mark_stays_so_that_everybodys_offsets_hold() -> None:
    raw = b"\xef\xbb\xbf" + GIVEN.encode()
    assert decode_text(raw) == raw.decode("utf-8") == "\ufeff" + GIVEN


@pytest.mark.parametrize("charset", ["utf-16", "utf-32"])
def test_marked_wide_text_is_decoded_without_its_mark(charset: str) -> None:
    assert decode_text(GIVEN.encode(charset)) == GIVEN


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("The café".encode("cp1252"), "isn't UTF-8: byte 7 in line 1"),
        ("one\ntwo é".encode("latin-1"), "line 2"),
        ("The ferry ran aground".encode("utf-16-le"), "UTF-16 without its byte order mark"),
        ("The ferry ran aground – late".encode("utf-16-be"), "UTF-16 without its byte order mark"),
        (b"The ferry\0 ran", "a NUL at character 9"),
        (b"\x89PNG\r\n\x1a\n123", "a PNG picture"),
        (b"%PDF-1.7 whatever", "a PDF file"),
        (b"\x1f\x8b\x08\0\0", "gzip data"),
        (b"\xfe\x01\x02\x03\x04\x80\x81\x05" * 50, "binary data"),
        (b"\xff\xfeT\0h", None),
        (b"\xff\xfeT\0h\0\x00\xd8", "begins like UTF-16"),
        (b"\xed\xa0\x80 half a pair", "isn't UTF-8"),
    ],
)
def test_what_cannot_be_read_as_it_stands_is_refused_with_its_reason(raw: bytes, reason: str | None) -> None:
    with pytest.raises(InputRejected) as caught:
        decode_text(raw)
    assert (reason or "") in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>Zürich – süß".encode(), "<p>Zürich – süß"),
        (b'<meta charset="iso-8859-1"><p>caf\xe9 \x93so\x94', '<meta charset="iso-8859-1"><p>café “so”'),
        (b"<meta charset=utf-16><p>plain", "<meta charset=utf-16><p>plain"),
        (b"<meta charset=x-no-such><p>caf\xe9", "<meta charset=x-no-such><p>café"),
        (b"<p>caf\xe9 no charset", "<p>café no charset"),
        (b"<meta charset=utf-8><p>ok \xc3\xa9, broken \xc3.", "<meta charset=utf-8><p>ok é, broken \ufffd."),
        (b"<p>a\0b", "<p>a\ufffdb"),
        (b"\xef\xbb\xbf<p>marked", "<p>marked"),
        ("<p>wide é".encode("utf-16"), "<p>wide é"),
        (
            b'<meta http-equiv=Content-Type content="; charset=windows-1251"><p>\xcc\xee\xf1\xea\xe2\xe0',
            '<meta http-equiv=Content-Type content="; charset=windows-1251"><p>Москва',
        ),
        ("<meta charset=iso-2022-jp><p>東京".encode("iso-2022-jp"), "<meta charset=iso-2022-jp><p>東京"),
    ],
)
def test_a_page_is_read_by_its_mark_its_bytes_its_word(raw: bytes, text: str) -> None:
    assert decode_page(raw) == text


def test_what_no_database_stores_is_found_and_replaced_one_for_one() -> None:
    assert unstorable_at("fine – text \U0001f600") is None
    assert unstorable_at("ab\ud800c") == 2
    assert unstorable_at("ab\0c") == 2
    assert storable("a\0b\udfffc") == "a\ufffdb\ufffdc"
