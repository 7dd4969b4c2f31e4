"""Formulaic copy: sentences alike because such news is always written so, with other figures in them.

Earnings tables, bond terms and index reports share their words by the hundred and are nobody's copies; what
they report are the figures. It must not know how matches are found.
"""

from __future__ import annotations

from collections import Counter

from auditor.matching.edits import common
from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import Passage, Range
from auditor.text.tokens import Tokens


def is_formulaic(a: Tokens, b: Tokens, passage: Passage, left: str, right: str) -> bool:
    """Do the sides have other figures, with too few equal words around them for a copy with an error?

    ``left`` and ``right`` are the passage's tokens as characters (see ``edits.as_characters``).
    """
    if passage.size > PARAMETERS.formula_longest:
        return False
    one, two = _figures(a, passage.a), _figures(b, passage.b)
    fewest = min(one.total(), two.total())
    differing = fewest - (one & two).total()
    if 2 * differing <= fewest:
        return False
    return common(left, right) < PARAMETERS.formula_tokens * differing


def _figures(tokens: Tokens, within: Range) -> Counter[int]:
    """The hashes of the tokens that begin with a digit."""
    text = tokens.layer.text
    starts = tokens.layer_starts[within[0] : within[1]].tolist()
    hashes = tokens.hashes[within[0] : within[1]].tolist()
    return Counter(value for start, value in zip(starts, hashes, strict=True) if text[start].isdigit())
