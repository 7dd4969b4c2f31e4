"""Fingerprints of a text: winnowed token k-grams (Schleimer, Wilkerson & Aiken 2003).

The public face of the package. It must not know of articles, storage or what fingerprints are compared for.
"""

from auditor.fingerprint.packing import Unpacked, pack, unpack, unpack_many
from auditor.fingerprint.winnowing import (
    FINGERPRINT_VERSION,
    GUARANTEE,
    KGRAM,
    VALUE_BITS,
    WINDOW,
    Fingerprints,
    fingerprint,
    fingerprint_documents,
    fingerprint_texts,
    kgram_hashes,
    values_of,
)
from auditor.text.tokens import mix64

__all__ = [
    "FINGERPRINT_VERSION",
    "GUARANTEE",
    "KGRAM",
    "VALUE_BITS",
    "WINDOW",
    "Fingerprints",
    "Unpacked",
    "fingerprint",
    "fingerprint_documents",
    "fingerprint_texts",
    "kgram_hashes",
    "mix64",
    "pack",
    "unpack",
    "unpack_many",
    "values_of",
]
