"""Checks an evidence pack by itself: no store, no network, any machine.

A file that was changed, taken out or added is named; beyond the manifest, the texts are held against their
digests, passages against their texts, findings, terms and decisions against theirs. Reads hostile archives:
nothing is unpacked to the disk, and no entry is read beyond a limit.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from auditor.errors import InputRejected
from auditor.jobs.timestamp import Stamped, read_stamp
from auditor.licensing.decisions import GENESIS, entry_of
from auditor.licensing.findings import finding_of

MANIFEST = "MANIFEST.json"
STAMP_SLOT = "MANIFEST.tsr"
# Zip can't say "no date"; this is its first.
STAMP = (1980, 1, 1, 0, 0, 0)
# A text is at most 20 MB (docs/ingest.md), and the page shows two of them with marks.
MOST_BYTES = 200_000_000
MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a pack says of itself: whose case, its manifest's digest, its stamp, and what is wrong with it."""

    case: str
    digest: str
    files: int
    stamp: Stamped | None
    problems: tuple[str, ...]


def json_bytes(value: object) -> bytes:
    """JSON as packs hold it: one form only, so that a changed space is a change."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def check_pack(path: Path, *, expected: str | None = None, authorities: bytes | None = None) -> Checked:
    """Check a pack; ``expected`` is its manifest's digest as written down elsewhere.

    ``authorities`` are certificates (PEM) that a time stamp must go back to. Raises InputRejected.
    """
    files = _read(path)
    if MANIFEST not in files:
        raise InputRejected(f"{path}: no evidence pack: it has no {MANIFEST}", "name a pack")
    digest = sha256(files[MANIFEST]).hexdigest()
    try:
        manifest = json.loads(files[MANIFEST])
        case, listed = str(manifest["case"]), dict(manifest["files"])
    except (ValueError, KeyError, TypeError):
        return Checked("", digest, len(files), None, (f"{MANIFEST}: can't be read",))
    problems = list(_against_manifest(files, manifest, listed))
    if expected is not None and expected.strip().lower() != digest:
        problems.append(f"{MANIFEST}: its digest is {digest}, not the one that was expected")
    try:
        problems += _within(files, case)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
        problems.append(f"a file isn't in the form of a pack: {type(problem).__name__}")
    stamp, troubles = _stamp(files, authorities)
    unique = tuple(dict.fromkeys([*problems, *troubles]))
    return Checked(case, digest, len(files), stamp, unique)


def manifest_of(path: Path) -> bytes:
    """The manifest of a pack as it is, to be time-stamped. Raises InputRejected."""
    files = _read(path)
    if MANIFEST not in files:
        raise InputRejected(f"{path}: no evidence pack: it has no {MANIFEST}", "name a pack")
    return files[MANIFEST]


def _stamp(files: dict[str, bytes], authorities: bytes | None) -> tuple[Stamped | None, list[str]]:
    """What the time stamp says, and what is wrong with it."""
    if STAMP_SLOT not in files:
        return None, [] if authorities is None else [f"{STAMP_SLOT}: missing"]
    try:
        stamp = read_stamp(files[STAMP_SLOT], files[MANIFEST], authorities=authorities)
    except InputRejected as problem:
        if authorities is not None and "certificates" in problem.message:
            raise
        return None, [f"{STAMP_SLOT}: {problem.message}"]
    return stamp, [f"{STAMP_SLOT}: {problem}" for problem in stamp.problems]


def _read(path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise InputRejected(f"{path}: too large for an evidence pack", "name a pack")
            for one in entries:
                if one.filename in files:
                    raise InputRejected(f"{path}: {one.filename} is in it twice", "don't trust this file")
                with archive.open(one) as file:
                    files[one.filename] = file.read(MOST_BYTES)
    except OSError as problem:
        raise InputRejected(f"{path}: {problem.strerror}", "name a file that can be read") from problem
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as problem:
        raise InputRejected(f"{path}: not a whole zip file: {problem}", "fetch it again") from problem
    return files


def _against_manifest(files: dict[str, bytes], manifest: Any, listed: dict[str, str]) -> Iterator[str]:
    if files[MANIFEST] != json_bytes(manifest):
        yield f"{MANIFEST}: changed after it was written"
    for name, digest in sorted(listed.items()):
        if name not in files:
            yield f"{name}: missing"
        elif sha256(files[name]).hexdigest() != digest:
            yield f"{name}: changed after it was packed"
    for name in sorted(files.keys() - listed.keys() - {MANIFEST, STAMP_SLOT}):
        yield f"{name}: was not packed with the others"


def _within(files: dict[str, bytes], case: str) -> Iterator[str]:
    """Does what the files say hold together?"""
    told = json.loads(files["case.json"])
    if told["case"] != case:
        yield f"{MANIFEST}: names another case than case.json"
    lengths: dict[str, int] = {}
    for text in told["texts"]:
        lengths[text["id"]] = text["length"]
        content = files.get(text["file"]) if text["file"] else None
        if content is not None and sha256(content).hexdigest() != text["text_sha256"]:
            yield f"{text['file']}: not the text whose digest case.json gives"
        if text["file"] and content is None:
            yield f"{text['file']}: missing"
        yield from _raw(files, text["raw_bytes"])
    terms = {_term_digest(name): name for name in files if name.startswith("terms/")}
    for row in json.loads(files["findings.json"]):
        yield from _finding(row, case, lengths, terms)
    for name, content in sorted(files.items()):
        is_terms = name.startswith("terms/") and name.endswith(".json")
        if is_terms and not sha256(content).hexdigest().startswith(_term_digest(name)):
            yield f"{name}: not the terms whose digest it is named after"
    yield from _log(files["decisions.jsonl"], case)


def _raw(files: dict[str, bytes], told: Any) -> Iterator[str]:
    """Are the bytes that a text was read from those that case.json tells of?"""
    if not isinstance(told, dict) or told["file"] is None:
        return
    content = files.get(told["file"])
    if content is None:
        yield f"{told['file']}: missing"
    elif sha256(content).hexdigest() != told["sha256"] or len(content) != told["length"]:
        yield f"{told['file']}: not the bytes whose digest case.json gives"


def _term_digest(name: str) -> str:
    """The beginning of the digest that a file of terms is named after."""
    return name.rpartition("-")[2].partition(".")[0]


def _finding(row: dict[str, Any], case: str, lengths: dict[str, int], terms: dict[str, str]) -> Iterator[str]:
    found = finding_of(row)
    if found.digest != row["version"] or found.case != case:
        yield f"findings.json: {found.id} isn't what its digest says"
    if found.terms[:12] not in terms:
        yield f"findings.json: the terms of {found.id} aren't packed"
    for exhibit in found.exhibits:
        if not 0 <= exhibit.span.start <= exhibit.span.end <= lengths.get(found.article, 0):
            yield f"findings.json: {found.id} shows a passage beyond its text"


def _log(content: bytes, case: str) -> Iterator[str]:
    number, previous = 0, GENESIS
    for line in content.decode().splitlines():
        row = json.loads(line)
        if row["number"] != number + 1 or row["previous"] != previous:
            yield f"decisions.jsonl: entry {row['number']} doesn't follow the entry before it"
        if "decision" in row:
            entry = entry_of(row)
            if entry.digest != entry.expected_digest() or entry.case != case:
                yield f"decisions.jsonl: entry {entry.number} was changed after it was written"
        number, previous = row["number"], row["digest"]
