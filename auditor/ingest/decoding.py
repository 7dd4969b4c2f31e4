"""From bytes to text, without guessing: what can't be read as it stands is refused with a reason.

Plain text is UTF-8 (or UTF-16/32 with its byte order mark). Line ends stay as they are, and so does a
UTF-8 byte order mark: it is a code point of the file, anyone who reads the file as UTF-8 counts it in
their offsets, and the normalised layer drops it. Pages of the web may declare any charset, and are read
as a browser would. Knows nothing of articles.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from auditor.errors import InputRejected
from auditor.ingest.limits import DEFAULT_LIMITS, GZIP_MAGIC, Limits, read_document

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = {
    GZIP_MAGIC: "gzip data",
    b"PK\x03\x04": "a zip or office file",
    b"%PDF": "a PDF file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an office file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SAMPLE = 4096  # bytes looked at to tell unmarked UTF-16 from binary data
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its charset; browsers look at 1,024, pages are sloppier
# The Encoding Standard reads these labels as windows-1252, which is what such pages really hold.
_WESTERN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
_NOT_FOR_PAGES = {"utf-7", "utf7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


def read_text(path: Path, limits: Limits = DEFAULT_LIMITS, *, stored: bool = True) -> str:
    """The text of a plain text file, code point for code point; see ``decode_text``.

    Raises InputRejected, or OSError where the file can't be read.
    """
    return decode_text(read_document(path, limits), stored=stored)


def decode_text(raw: bytes, *, stored: bool = True) -> str:
    """Plain text from its bytes: UTF-8, or marked UTF-16 or UTF-32 without the mark.

    Raises InputRejected with the reason: binary data, another charset, and where the text is to be
    ``stored``, a NUL that no database holds.
    """
    for start, what in _BINARY_STARTS.items():
        if raw.startswith(start):
            raise InputRejected(f"isn't text but {what}", "give its text, or a file of a known format")
    charset = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(charset)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, charset, error) from error
    if (at := text.find("\0")) >= 0 and (stored or _is_unmarked_utf16(raw)):
        raise _holds_nul(raw, at)
    return text


def storable(text: str) -> str:
    """The text with what no database stores (NUL, lone surrogates) replaced by U+FFFD, one for one.

    For what comes beside an article's text; the text itself is never repaired but refused.
    """
    return _UNSTORABLE.sub("\ufffd", text)


def unstorable_at(text: str) -> int | None:
    """Where the first character stands that no database stores, if there is one."""
    found = None if text.isascii() and "\0" not in text else _UNSTORABLE.search(text)
    return found.start() if found else None


def decode_page(raw: bytes) -> str:
    """A web page from its bytes: by its mark, as UTF-8 where it is, as declared, else as windows-1252.

    Never fails: what the charset doesn't know becomes U+FFFD, NUL too, as browsers do.
    """
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace").replace("\0", "\ufffd")
    charset = next((name for mark, name in _MARKS if raw.startswith(mark)), None) or _charset_of(raw)
    return raw.decode(charset, "replace").replace("\0", "\ufffd")


def _charset_of(raw: bytes) -> str:
    declared = _declared(raw[:_HEAD])
    if declared is not None and declared.startswith(("iso2022", "hz")):
        return declared  # written in ASCII bytes: would pass for UTF-8
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared not in {None, "utf-8"}:
            return declared or "cp1252"
        # One broken byte in a page that is UTF-8 all the way to there is damage, not another charset.
        return "utf-8" if declared == "utf-8" or not raw[: error.start].isascii() else "cp1252"
    return "utf-8"


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    if not found:
        return None
    label = found[1].decode("ascii").lower()
    if label in _WESTERN:
        return "cp1252"
    try:
        name = codecs.lookup(label).name
        known = "x".encode(name) is not None and label not in _NOT_FOR_PAGES and name not in _NOT_FOR_PAGES
    except (LookupError, UnicodeError, TypeError):
        return None
    # A charset declared in readable ASCII can't be UTF-16: browsers read such a page as UTF-8.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name if known else None


def _undecodable(raw: bytes, charset: str, error: UnicodeDecodeError) -> InputRejected:
    if charset != "utf-8":
        return InputRejected(
            f"begins like {charset.upper()} but isn't: byte {error.start}", "save it as UTF-8"
        )
    if _is_unmarked_utf16(raw):
        return InputRejected("looks like UTF-16 without its byte order mark", "save it as UTF-8")
    if _is_binary(raw):
        return InputRejected("isn't text: it holds binary data", "give its text, or a file of a known format")
    line = raw.count(b"\n", 0, error.start) + 1
    return InputRejected(
        f"isn't UTF-8: byte {error.start} in line {line}",
        "save it as UTF-8, e.g. with iconv -f WINDOWS-1252 -t UTF-8",
    )


def _holds_nul(raw: bytes, at: int) -> InputRejected:
    if _is_unmarked_utf16(raw):
        return InputRejected("looks like UTF-16 without its byte order mark", "save it as UTF-8")
    return InputRejected(f"holds a NUL at character {at}, which no database stores", "remove it")


def _is_unmarked_utf16(raw: bytes) -> bool:
    """Western text in UTF-16 has a NUL in nearly every other byte, and none between."""
    sample = raw[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) >= 0.4 * (len(sample) / 2) and min(even, odd) <= 0.1 * max(even, odd)


def _is_binary(raw: bytes) -> bool:
    sample = raw[:_SAMPLE]
    controls = sum(sample.count(value) for value in range(32) if value not in {9, 10, 12, 13, 27})
    return controls > 0.02 * len(sample)
