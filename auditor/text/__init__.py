"""From characters to the parts of a news text, with every offset kept.

Pure: values in, values out. It must not know of files, databases or other articles.
"""

from __future__ import annotations

from auditor.text.document import Document, read, read_ahead
from auditor.text.layer import Layer, normalise
from auditor.text.lines import NOTHING, Known
from auditor.text.tokens import Tokens, tokenise

__all__ = [
    "NOTHING",
    "Document",
    "Known",
    "Layer",
    "Tokens",
    "normalise",
    "read",
    "read_ahead",
    "tokenise",
]
