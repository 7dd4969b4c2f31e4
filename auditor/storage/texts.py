"""Texts of articles as columns: packed where that takes less room, and what is shown once they are gone.

Of a database most is text, and zlib packs news to half its size. Must not know of tables.
"""

from __future__ import annotations

import zlib

# Shaded blocks with a space now and then, so that lines can break; no tokens, so that nothing matches it.
_GONE = "▒▒▒▒▒▒▒ "


def text_values(text: str) -> dict[str, str | bytes | None]:
    """The columns of a text; ``text`` is empty where ``packed`` holds it."""
    raw = text.encode()
    packed = zlib.compress(raw)
    return {"text": "", "packed": packed} if len(packed) < len(raw) else {"text": text, "packed": None}


def text_of(text: str | None, packed: bytes | None, length: int) -> str:
    """The text of these columns; a stand-in of that many code points takes the place of one that is gone."""
    if text is None:
        return stand_in(length)
    return text if packed is None else zlib.decompress(packed).decode()


def stand_in(length: int) -> str:
    """What is shown where a text of that many code points was: it reads as removed, and no word is in it."""
    return (_GONE * (length // len(_GONE) + 1))[:length]
