"""What a page is made from, as a digest: where it is the same, so is the page.

Two kinds: of everything that all pages hang on (templates, program, parameters, sources, time zone), and of
the findings that one page shows. It must not know stores.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor import __version__, domain, registry, report, text
from auditor.fingerprint import FINGERPRINT_VERSION
from auditor.lineage.parameters import Parameters as LineageParameters
from auditor.matching.parameters import Parameters as MatchingParameters
from auditor.registry import Registry
from auditor.report.facts import ArticleFacts

DIGEST_BYTES = 16


def _digest(parts: Iterable[bytes]) -> bytes:
    found = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()


def _told(*values: object) -> bytes:
    return repr(values).encode("utf-8", "surrogatepass")


def look_digest(templates: Path, sources: Registry, zone: ZoneInfo) -> str:
    """Of everything that every page hangs on; hexadecimal.

    The program counts by its files, so that a changed one never leaves old pages standing.
    """
    settings = (__version__, FINGERPRINT_VERSION, LineageParameters(), MatchingParameters(), str(zone))
    known = sorted(sources, key=lambda source: source.key)
    return _digest([_told(settings, known), *_files(templates), *_program()]).hex()


def told_digest(*told: object) -> str:
    """Of values that pages are made from; hexadecimal."""
    return _digest([_told(*told)]).hex()


def _files(folder: Path) -> Iterable[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".j2", ".css", ".js", ".py"}:
            yield str(path.relative_to(folder)).encode()
            yield path.read_bytes()


def _program() -> Iterable[bytes]:
    for package in (report, text):
        yield from _files(Path(str(package.__file__)).parent)
    for module in (domain, registry):
        yield Path(str(module.__file__)).read_bytes()


def own_digest(article: domain.Article) -> bytes:
    """Of an article by itself: its text and what came along."""
    plain = (
        (article.id, article.source, article.url, article.title, article.byline, article.credit),
        (article.language, article.published, article.captured, article.revises, article.status),
        (article.revision, article.removed),
    )
    return _digest([_told(plain), article.text.encode("utf-8", "surrogatepass")])


def article_digest(facts: ArticleFacts, own: bytes) -> bytes:
    """Of all that an article's page shows; ``own`` is its ``own_digest``."""
    heads = [facts.heads[name] for name in sorted(facts.named) if name in facts.heads]
    story = (facts.story.id, facts.story.title) if facts.story else None
    found = (facts.derivations, facts.garbles, facts.verdict, facts.stale)
    takers = [(each.article, each.relation) for each in facts.taken_by]
    return _digest([own, _told(story, found, takers, heads)])


def pair_digest(child: bytes, parent: bytes) -> bytes:
    """Of the page of two texts: the child's ``article_digest``, the parent's ``own_digest``."""
    return _digest([b"pair", child, parent])


def story_digest(title: str, members: Iterable[bytes]) -> bytes:
    """Of a story's page: its title and the ``article_digest`` of each of its articles, in order."""
    return _digest([_told(title), *members])
