"""What lies in the inboxes: which files are new, where their readers find them, where they go afterwards.

    inbox folders | walked | held against what is known of each path → deliveries → a folder to read from

The files to be read are linked (or copied) into a folder of the job's own, below which they have the names
they have below their inbox: so ids and manifests mean what they mean to ``auditor ingest``, and what is
read is what was looked at. Knows files, and the store only by what it is told of them.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from auditor.errors import UsageProblem, WriteProblem
from auditor.ingest.manifest import FILE_NAME, read_manifest

if TYPE_CHECKING:
    from auditor.storage import InboxFile

# Folders in an inbox that are the job's own. Hidden ones are never read.
DONE, QUARANTINE, TAKING = ".done", ".quarantine", ".taking"
# What programs call a file that they are still writing.
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file in an inbox: its inbox, its path below it, and what it was when it was looked at.

    ``problem`` says why it can't be read at all, ``retryable`` whether that may change by itself.
    """

    inbox: Path
    below: str
    digest: bytes = b""
    size: int = 0
    modified: int = 0
    problem: str = ""
    retryable: bool = False

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.inbox / self.below

    @property
    def name(self) -> str:
        """How it is named in the ledger."""
        return str(self.path)

    def is_unchanged(self) -> bool:
        """Is it still the file that was looked at?"""
        try:
            now = self.path.lstat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.size, self.modified)


@dataclass(slots=True)
class Looked:
    """What was found in the inboxes: to be read, seen before and settled, manifests and what they hold up."""

    fresh: list[Delivery] = field(default_factory=list)
    settled: list[tuple[Delivery, InboxFile]] = field(default_factory=list)
    manifests: list[Delivery] = field(default_factory=list)
    held_up: list[Delivery] = field(default_factory=list)


def look(inboxes: Sequence[Path], known_of: Callable[[Sequence[str]], Mapping[str, InboxFile]]) -> Looked:
    """Look through the inboxes; ``known_of`` tells what is known of some paths.

    An inbox that isn't there is empty: nothing was delivered. Raises UsageProblem where one is no folder.
    """
    found = Looked()
    for inbox in inboxes:
        if inbox.exists() and not inbox.is_dir():
            raise UsageProblem(f"the inbox {inbox} isn't a folder", "name the folder in nightly.inbox")
        paths = sorted(_walk(inbox))
        known = known_of([str(inbox / below) for below in (*paths, FILE_NAME)])
        usable = _manifest(inbox, found, known) if (inbox / FILE_NAME).is_file() else True
        for below in paths:
            delivery, before = _looked_at(inbox, below, known.get(str(inbox / below)))
            if before is not None:
                found.settled.append((delivery, before))
            else:
                (found.fresh if usable else found.held_up).append(delivery)
    return found


def _walk(inbox: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(inbox):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            below = (Path(folder) / name).relative_to(inbox).as_posix()
            if not name.startswith(".") and not name.endswith(UNFINISHED) and below != FILE_NAME:
                yield below


def _looked_at(inbox: Path, below: str, known: InboxFile | None) -> tuple[Delivery, InboxFile | None]:
    """The delivery, and what is known of it where it was settled and hasn't changed since."""
    path = inbox / below
    try:
        seen = path.lstat()
        if not stat.S_ISREG(seen.st_mode):
            what = "is a link" if stat.S_ISLNK(seen.st_mode) else "isn't a regular file"
            reason = f"{what}: deliver the file itself"
            delivery = Delivery(inbox, below, b"", seen.st_size, seen.st_mtime_ns, reason)
        elif known and (known.size, known.modified) == (seen.st_size, seen.st_mtime_ns) and known.digest:
            delivery = Delivery(inbox, below, known.digest, seen.st_size, seen.st_mtime_ns)
        else:
            delivery = Delivery(inbox, below, digest_of(path), seen.st_size, seen.st_mtime_ns)
    except OSError as error:
        reason = f"can't be read: {error.strerror or type(error).__name__}"
        delivery = Delivery(inbox, below, problem=reason, retryable=True)
    is_settled = known is not None and known.state != "waiting" and known.digest == delivery.digest
    return delivery, known if is_settled else None


def _manifest(inbox: Path, found: Looked, known: Mapping[str, InboxFile]) -> bool:
    """Note the inbox's manifest unless it was seen as it is; is it one that can be used?"""
    delivery, before = _looked_at(inbox, FILE_NAME, known.get(str(inbox / FILE_NAME)))
    try:
        read_manifest(inbox / FILE_NAME)
        if before is None:
            found.manifests.append(delivery)
    except UsageProblem as problem:
        found.manifests.append(
            Delivery(inbox, FILE_NAME, delivery.digest, delivery.size, delivery.modified, str(problem))
        )
        return False
    return True


def digest_of(path: Path) -> bytes:
    """The SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.digest()


# A folder to read from


class Taking:
    """The folders that a night's inputs are read from; a context manager that takes them away again."""

    def __init__(self, found: Looked) -> None:
        self._roots: dict[Path, Path] = {}
        self._by_name: dict[str, Delivery] = {}
        self._fresh = [each for each in found.fresh if not each.problem]
        self._manifests = [each for each in found.manifests if not each.problem]

    def __enter__(self) -> Taking:
        try:
            for delivery in self._fresh:
                root = self._root_of(delivery.inbox)
                place = root / delivery.below
                place.parent.mkdir(parents=True, exist_ok=True)
                _link(delivery.path, place)
                self._by_name[str(place)] = delivery
            for manifest in self._manifests:
                self._root_of(manifest.inbox)
            for inbox, root in self._roots.items():
                if (inbox / FILE_NAME).is_file():
                    _link(inbox / FILE_NAME, root / FILE_NAME)
        except OSError as error:
            self.__exit__()
            reason = error.strerror or type(error).__name__
            raise WriteProblem(f"the inbox's files can't be taken: {reason}", "make room") from error
        return self

    def __exit__(self, *_: object) -> None:
        for root in self._roots.values():
            shutil.rmtree(root, ignore_errors=True)

    @property
    def folders(self) -> list[Path]:
        """What to read."""
        return list(self._roots.values())

    def delivery_of(self, name: str) -> Delivery | None:
        """The delivery that an item comes from: its name is a path, or path:line."""
        return self._by_name.get(name) or self._by_name.get(name.rpartition(":")[0])

    def manifest_of(self, name: str) -> tuple[Path, str] | None:
        """The inbox and the line of an item that a manifest's row is; empty where it is the whole of it."""
        for inbox, root in self._roots.items():
            manifest = str(root / FILE_NAME)
            if name == manifest or name.startswith(f"{manifest}:"):
                return inbox, name.removeprefix(manifest).removeprefix(":")
        return None

    def told(self, text: str) -> str:
        """A name or a reason in terms of the inboxes."""
        for inbox, root in self._roots.items():
            text = text.replace(str(root), str(inbox))
        return text

    def _root_of(self, inbox: Path) -> Path:
        if inbox not in self._roots:
            self._roots[inbox] = _empty_folder(inbox)
        return self._roots[inbox]


def _empty_folder(inbox: Path) -> Path:
    """A new folder in the inbox, where links cost nothing; elsewhere if the inbox can't be written."""
    root = inbox / TAKING
    shutil.rmtree(root, ignore_errors=True)  # a killed night's
    try:
        root.mkdir()
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return Path(mkdtemp(prefix="auditor-"))
        raise
    return root


def _link(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, place)


# Where files go afterwards


def put_away(delivery: Delivery, folder: str) -> bool:
    """Move a file that is settled into a folder of its inbox; False where it changed since, and stays.

    What lies there under its name is never overwritten, unless it is the same.
    """
    target = delivery.inbox / folder / delivery.below
    with suppress(OSError):
        if target.is_file() and digest_of(target) != delivery.digest:
            target = target.with_name(f"{target.name}.{delivery.digest.hex()[:12]}")
    try:
        if not delivery.is_unchanged():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        delivery.path.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteProblem(
            f"{delivery.path} can't be moved to {folder}: {reason}",
            'make the inbox writable, or write done = "mark"',
        ) from error
    return True


def bring_back(path: Path, inboxes: Sequence[Path]) -> bool:
    """Put a file that was put away back to its path; False where it isn't there, or its place is taken."""
    for inbox in inboxes:
        if not path.is_relative_to(inbox) or path.exists():
            continue
        for folder in (QUARANTINE, DONE):
            away = inbox / folder / path.relative_to(inbox)
            if away.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                away.replace(path)
                return True
    return False
