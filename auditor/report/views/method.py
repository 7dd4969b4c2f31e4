"""The method page: what was examined with what, what the words mean, and what can't be known.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

from auditor import __version__
from auditor.domain import Article
from auditor.fingerprint import FINGERPRINT_VERSION
from auditor.lineage.parameters import Parameters as LineageParameters
from auditor.matching.parameters import Parameters as MatchingParameters
from auditor.report import wording

_MODULUS = 1 << 256


class TextDigest:
    """One digest of all texts that doesn't depend on the order in which they are read, nor on batches."""

    def __init__(self) -> None:
        self._sum = 0

    def add_value(self, value: str) -> None:
        """Take what another one had added up."""
        self._sum = (self._sum + int(value, 16)) % _MODULUS

    def add(self, article: Article) -> None:
        """Take an article's id and text."""
        content = f"{article.id}\x00{article.text}".encode("utf-8", "surrogatepass")
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(content).digest())) % _MODULUS

    @property
    def value(self) -> str:
        """Sixty-four hexadecimal digits."""
        return f"{self._sum:064x}"


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter by its name in the program."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """A figure and how it is calculated."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Everything that the method page shows."""

    version: str
    fingerprints: int
    articles: int
    digest: str
    bands: tuple[wording.Term, ...]
    relations: tuple[wording.Term, ...]
    kinds: tuple[wording.Term, ...]
    severities: tuple[wording.Term, ...]
    figures: tuple[Calculated, ...]
    matching: tuple[Setting, ...]
    lineage: tuple[Setting, ...]


def method_page(articles: int, digest: str) -> MethodPage:
    """What the method page shows."""
    return MethodPage(
        version=__version__,
        fingerprints=FINGERPRINT_VERSION,
        articles=articles,
        digest=digest,
        bands=tuple(wording.BANDS.values()),
        relations=tuple(wording.RELATIONS.values()),
        kinds=tuple(wording.KINDS.values()),
        severities=tuple(wording.SEVERITIES.values()),
        figures=_figures(),
        matching=_settings(MatchingParameters()),
        lineage=_settings(LineageParameters()),
    )


def _figures() -> tuple[Calculated, ...]:
    return (
        Calculated("Stories", wording.HOW_STORIES),
        Calculated("Pickups", wording.HOW_PICKUPS),
        Calculated("Derived", wording.HOW_DERIVED),
        Calculated("To the first pickup", wording.HOW_PACE),
        Calculated("Delay of a source", wording.HOW_DELAY),
        Calculated("Credit kept", wording.HOW_CREDIT),
        Calculated("Grave changes", wording.HOW_GRAVE),
        Calculated("Passed on", wording.HOW_PASSED),
        Calculated("Stale copies", wording.HOW_STALE_COPIES),
    )


def _settings(parameters: MatchingParameters | LineageParameters) -> tuple[Setting, ...]:
    names = [each.name for each in fields(parameters)]
    return tuple(Setting(name.replace("_", " "), f"{getattr(parameters, name)}") for name in names)
