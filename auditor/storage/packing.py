"""Packs short texts that are much alike: evidence, mostly the same phrases with other figures.

zlib with a dictionary of those phrases: about a third of what it makes of one article's evidence alone.
Must not know what the texts say.
"""

from __future__ import annotations

import zlib

# Part of what is stored: what was packed with it can't be read without it. Never to be changed; new phrases
# only pack less well. What is most frequent stands last.
_PHRASES = "".join(
    (
        '["headline","has nearly the same headline (2 words differ)",',
        '["contained","stands nearly whole in the other, which has more",',
        '["end","the shared text ends nearer its end",',
        '["closes","shared text ends a paragraph here and runs on in the other",',
        '["credits_unheld","both credit Reuters; its text isn\'t held",',
        '["shared_reading","has “the” as the other does and 2 more such readings, where has “",',
        '["stands_alone","reads as further articles do in 1 places that the other has changed",',
        '["headline","has the same headline",',
        '["best_source","explains the text better than the other article that has it",',
        '["stands_alone","stands alone in 1 readings that the other shares with further articles",',
        "0.6931471805599453],",
        '["best_source","explains the text better than 2 other articles that have it",2.12',
        '"common-source""undecided""copy","verbatim""paraphrase""edited",0.0,',
        '[["credited","the article credits Reuters, whose text isn\'t held",1.0]]],[',
        '[["published_first","published 2 days earlier",7.0],',
        '["published_first","published 12 h 2 min earlier",7.0],',
        '["published_first","published 57 minutes earlier",7.0],["wire","Reuters is a wire",2.0],',
        '["credits","credits Reuters",3.5],["shares_text","272 words the same, 0 changed",2.0],',
        '["credits_parent","credits Reuters",3.5],["credit_line","has the same credit line (1)",1.0],[[',
    )
).encode()
_LEVEL = 9


def packed_text(text: str) -> bytes:
    """The bytes of a text, packed."""
    packer = zlib.compressobj(_LEVEL, zdict=_PHRASES)
    return packer.compress(text.encode()) + packer.flush()


def unpacked_text(packed: bytes) -> str:
    """The text that ``packed_text`` made bytes of, or that zlib did without a dictionary."""
    return zlib.decompressobj(zdict=_PHRASES).decompress(packed).decode()
