"""Puts a case into one file that can be given away, and checks such a file without the database.

    case | texts, findings, terms, decisions, pages | manifest of SHA-256 | zip

The same case gives the same bytes: no clock, sorted names, one date for every entry. A pack can't prove by
itself when it was made or that nobody made all of it anew; its digest, written down elsewhere or time-stamped
(RFC 3161, in the slot ``MANIFEST.tsr``), does.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from auditor import __version__
from auditor.domain import Article
from auditor.errors import InputRejected, NotFound, WriteProblem
from auditor.jobs.evidence_check import MANIFEST, STAMP, STAMP_SLOT, json_bytes
from auditor.jobs.timestamp import read_stamp
from auditor.licensing import text_digest
from auditor.licensing.decisions import Entry
from auditor.licensing.findings import ALGORITHM, Finding
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.report.evidence import TextFacts
    from auditor.storage import Store
    from auditor.storage.captures import Capture
    from auditor.storage.licence_findings import StoredFinding, StoredTerms

# 2: the bytes that texts were read from.
FORMAT = 2
_ENDINGS = (".html", ".htm", ".txt", ".json")

README = """\
This is the evidence of one case: what was found in one article's use of one licensor's text.

evidence.html    the case as a page: open it in a browser, it needs no network
method.html      how passages are found and traced, and what can't be known
case.json        the case: its texts with addresses, times (UTC) and SHA-256 digests, version and settings
findings.json    each finding with its passages as offsets into the texts, superseded ones included
texts/           the texts as captured, in UTF-8; of a text that was removed only its digest is in case.json
captures/        the bytes that they were read from, where those were kept: the page or line as it arrived
terms/           the terms at that date: as written, and as understood (JSON)
decisions.jsonl  the decisions on this case in full, and the digests of all entries of the log before the last
                 of them, so that the chain can be followed
MANIFEST.json    the SHA-256 of every file
MANIFEST.tsr     where it is there: an RFC 3161 time stamp of MANIFEST.json

To check it:     auditor evidence verify FILE.zip
and its stamp:   auditor evidence verify FILE.zip --authority AUTHORITY.pem
             or: openssl ts -verify -data MANIFEST.json -in MANIFEST.tsr -CAfile AUTHORITY.pem
"""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed; ``digest`` is the SHA-256 of the manifest, worth writing down elsewhere."""

    case: str
    files: int
    size: int
    digest: str


def pack(store: Store, registry: Registry, name: str, out: Path, *, stamp: bytes | None = None) -> Packed:
    """Write the pack of a case (or of the case of a finding).

    ``stamp`` is an authority's time stamp of the manifest; that of another is refused. Raises NotFound,
    WriteProblem and InputRejected.
    """
    case = _Case(store, registry, name)
    files = dict(case.files())
    listed = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = json_bytes({"format": FORMAT, "case": case.id, "files": listed})
    files[MANIFEST] = manifest
    if stamp is not None:
        if problems := read_stamp(stamp, manifest).problems:
            raise InputRejected(
                f"the time stamp: {problems[0]}", "have the MANIFEST.json of this case stamped"
            )
        files[STAMP_SLOT] = stamp
    size = _write(files, out)
    return Packed(case.id, len(files), size, sha256(manifest).hexdigest())


def _write(files: dict[str, bytes], out: Path) -> int:
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            part = Path(file.name)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                for name in sorted(files):
                    entry = zipfile.ZipInfo(name, STAMP)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    archive.writestr(entry, files[name])
        part.chmod(0o644)
        size = part.stat().st_size
        part.replace(out)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise WriteProblem(f"{out} can't be written: {reason}", "choose another path") from problem
    return size


class _Case:
    """A case as it is stored, and the files that say so."""

    def __init__(self, store: Store, registry: Registry, name: str) -> None:
        self._store, self._registry = store, registry
        found = store.finding_versions(name)
        if not found:
            raise NotFound(f"no case or finding {name!r} in this store", "see auditor findings list")
        self.id = found[0].finding.case
        self._versions: Sequence[StoredFinding] = store.finding_versions(self.id)
        self._now = [one.finding for one in self._versions if one.superseded is None]
        self._past = [one.finding for one in self._versions if one.superseded is not None]
        self._articles = {one.id: one for one in store.articles(sorted(self._named()))}
        self._captures = {one.article: one for one in store.captures(sorted(self._articles))}
        self._log = list(store.decisions())
        self._terms = store.terms_of({one.finding.terms for one in self._versions})

    def _named(self) -> set[str]:
        """The article, the items, and every text that a passage was taken from."""
        named = {one.finding.article for one in self._versions}
        for one in self._versions:
            named |= {one.finding.item} - {None} if one.finding.item else set()
            named |= {exhibit.parent.article for exhibit in one.finding.exhibits if exhibit.parent}
        return named

    @property
    def _about(self) -> Finding:
        return self._versions[-1].finding

    @property
    def _decisions(self) -> list[Entry]:
        return [entry for entry in self._log if entry.case == self.id]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the pack but the manifest."""
        from auditor.report.evidence import evidence_html, method_html

        texts = self._texts()
        yield "README.txt", README.encode()
        yield "case.json", json_bytes(self._case(texts))
        yield "findings.json", json_bytes([_row(one) for one in self._versions])
        last = max((entry.number for entry in self._decisions), default=0)
        log = [self._entry(entry) for entry in self._log if entry.number <= last]
        yield "decisions.jsonl", b"".join(map(_line, log))
        for number, one in enumerate(texts, 1):
            if one.file:
                yield one.file, self._articles[one.id].text.encode()
            capture = self._captures.get(one.id)
            if capture and capture.content is not None:
                yield _capture_file(number, capture), capture.content
        for terms in self._terms:
            yield f"terms/{_terms_name(terms)}.json", terms.says.encode()
            if terms.written:
                yield f"terms/{_terms_name(terms)}.toml", terms.written.encode()
        page = evidence_html(
            self._store,
            self._registry,
            case=self.id,
            findings=self._now,
            superseded=self._past,
            decisions=self._decisions,
            terms=[(_terms_name(one), one.written or one.says) for one in self._terms],
            texts=texts,
        )
        yield "evidence.html", page.encode("utf-8", "replace")
        yield "method.html", method_html(self._store, sorted(self._articles)).encode("utf-8", "replace")

    def _entry(self, entry: Entry) -> dict[str, Any]:
        if entry.case == self.id:
            return entry.as_dict()
        return {"number": entry.number, "previous": entry.previous, "digest": entry.digest}

    def _texts(self) -> list[TextFacts]:
        return [self._text(number, one) for number, one in enumerate(self._articles.values(), 1)]

    def _text(self, number: int, article: Article) -> TextFacts:
        from auditor.report.evidence import TextFacts

        role = "the article in question" if article.id == self._about.article else "a text it was taken from"
        if article.source == self._about.licensor:
            role = "the licensor’s item"
        return TextFacts(
            id=article.id,
            source=self._registry.name_of(article.source) or "unknown",
            role=role,
            url=article.url or "",
            published=str(article.published or ""),
            captured=str(article.captured or ""),
            sha256=text_digest(article),
            removed=str(article.removed.at) if article.removed else "",
            file="" if article.removed else f"texts/{number}.txt",
        )

    def _case(self, texts: Sequence[TextFacts]) -> dict[str, Any]:
        about = self._about
        return {
            "case": self.id,
            "article": about.article,
            "source": about.source,
            "licensor": about.licensor,
            "auditor": __version__,
            "algorithm": ALGORITHM,
            "settings": {"time_zone": "UTC"},
            "texts": [
                {
                    "id": one.id,
                    "source": one.source,
                    "role": one.role,
                    "url": one.url or None,
                    "published_at": one.published or None,
                    "captured_at": one.captured or None,
                    "revision": self._articles[one.id].revision,
                    "status": self._articles[one.id].status.value,
                    "length": len(self._articles[one.id].text),
                    "text_sha256": one.sha256,
                    "removed_at": one.removed or None,
                    "file": one.file or None,
                    "raw_bytes": self._raw(number, self._captures.get(one.id)),
                }
                for number, one in enumerate(texts, 1)
            ],
        }

    def _raw(self, number: int, capture: Capture | None) -> dict[str, Any] | str:
        """What is said of the bytes that a text was read from."""
        if capture is None:
            return "not held: the text is what was taken from the page"
        return {
            "input": PurePath(capture.name).name,
            "length": capture.length,
            "sha256": capture.digest,
            "file": None if capture.content is None else _capture_file(number, capture),
        }


def _capture_file(number: int, capture: Capture) -> str:
    """Where the bytes of a text lie in the pack: with the name's own ending, where it is a plain one."""
    suffix = PurePath(capture.name.partition(":")[0].removesuffix(".gz")).suffix.lower()
    ending = {".jsonl": ".json"}.get(suffix, suffix)
    return f"captures/{number}{ending if ending in _ENDINGS else '.bin'}"


def _row(stored: StoredFinding) -> dict[str, Any]:
    return {
        **stored.finding.as_dict(),
        "version": stored.version,
        "superseded": stored.superseded is not None,
    }


def _line(row: dict[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _terms_name(terms: StoredTerms) -> str:
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in terms.agreement or "defaults")
    return f"{safe}-{terms.digest[:12]}"
