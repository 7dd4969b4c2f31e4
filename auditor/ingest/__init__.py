"""From captured files to articles: one reader a format, limits, the child process for hostile pages.

Knows no store: an item says what was read, whoever calls decides what becomes of it.
"""

from auditor.ingest.decoding import decode_text, read_text
from auditor.ingest.items import Item
from auditor.ingest.limits import DEFAULT_LIMITS, Limits
from auditor.ingest.reading import read_paths

__all__ = ["DEFAULT_LIMITS", "Item", "Limits", "decode_text", "read_paths", "read_text"]
