"""Articles from whatever was given: files, folders, standard input, with a manifest beside them.

    paths → files → reader of the format → what the manifest knows → item

Each input ends as one item, in the order of the inputs, and no item stops the rest. Web pages are read ahead
in child processes. Knows no store: whether an article is new is not decided here.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from auditor.errors import InputRejected, UsageProblem
from auditor.ingest.agencies import Agencies
from auditor.ingest.child import Children, ExtractionFailed, Settings
from auditor.ingest.decoding import decode_text
from auditor.ingest.fields import article_of
from auditor.ingest.files import File, Format, files_of
from auditor.ingest.items import Item, failed, rejected, unreadable
from auditor.ingest.limits import DEFAULT_LIMITS, Limits, read_document
from auditor.ingest.lines import read_jsonl, read_jsonl_file
from auditor.ingest.manifest import FILE_NAME, Manifest, Row, read_manifest
from auditor.ingest.page import Page
from auditor.ingest.sources import Sources
from auditor.registry import Registry

STDIN = "-"
_AHEAD = 4  # pages a child that wait their turn: keeps every child busy when one page is slow


def read_paths(
    paths: Sequence[Path | str],
    *,
    manifest: Path | None = None,
    registry: Registry | None = None,
    stdin: BinaryIO | None = None,
    workers: int = 1,
    fast: bool = False,
    keep_raw: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Item]:
    """Read everything that was given, as a stream; see docs/ingest.md for ids, formats and manifests.

    ``-`` is JSONL on standard input (``stdin``, by default the process's own). ``workers`` is how many
    child processes read web pages; none is started where there are no pages. ``fast`` reads pages a third
    faster and a little less exactly. ``keep_raw`` gives each item the bytes it was read from, unpacked: a
    line's, or a file's. Raises UsageProblem at once where the manifest can't be used.
    """
    known = read_manifest(manifest) if manifest is not None else None
    reader = _Reader(registry if registry is not None else Registry(), limits, keep_raw=keep_raw)
    return reader.read([str(path) for path in paths], known, stdin, Workers(workers, fast=fast))


@dataclass(frozen=True, slots=True)
class Workers:
    """How web pages are read: by how many child processes, in which mode."""

    count: int = 1
    fast: bool = False


class _Bytes:
    """Reads a file when it is called, and keeps its bytes where they are wanted."""

    def __init__(self, file: File, limits: Limits, *, keep: bool) -> None:
        self._file, self._limits, self._keep = file, limits, keep
        self.kept: bytes | None = None

    def __call__(self) -> bytes:
        raw = read_document(self._file.path, self._limits)
        self.kept = raw if self._keep else None
        return raw


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A page that is being read."""

    file: File
    row: Row | None
    raw: _Bytes
    page: Future[Page]


class _Reader:
    """One call's state: sources met, ids claimed by file names, items that wait for pages before them."""

    def __init__(self, registry: Registry, limits: Limits, *, keep_raw: bool) -> None:
        self._sources = Sources(registry)
        self._limits = limits
        self._keep_raw = keep_raw
        self._claimed: dict[str, Path] = {}
        self._waiting: deque[_Awaited | Item] = deque()

    def read(
        self, paths: list[str], manifest: Manifest | None, stdin: BinaryIO | None, workers: Workers
    ) -> Iterator[Item]:
        settings = Settings(Agencies.of(self._sources.registry), self._limits, workers.fast)
        with Children(settings, workers.count) as children:
            if manifest:
                yield from manifest.problems
            for path in paths:
                if path == STDIN:
                    yield from self._settled(0)
                    stream = stdin or sys.stdin.buffer
                    keep = self._keep_raw
                    yield from read_jsonl(stream, STDIN, self._sources, limits=self._limits, keep_raw=keep)
                elif manifest:
                    yield from self._given(Path(path), manifest, children, workers.count)
                else:
                    yield from self._with_own_manifest(Path(path), children, workers.count)
            yield from self._settled(0)
            if manifest:
                yield from manifest.absent()

    def _with_own_manifest(self, given: Path, children: Children, workers: int) -> Iterator[Item]:
        """A given path with the ``manifest.csv`` that lies in it, if one does."""
        path = given / FILE_NAME
        if not path.is_file():
            yield from self._given(given, None, children, workers)
            return
        try:
            own = read_manifest(path)
        except UsageProblem as problem:
            yield from self._settled(0)
            yield from _held_back(given, path, problem)
            return
        yield from self._settled(0)
        yield from own.problems
        yield from self._given(given, own, children, workers)
        yield from self._settled(0)
        yield from own.absent()

    def _given(
        self, given: Path, manifest: Manifest | None, children: Children, workers: int
    ) -> Iterator[Item]:
        for found in files_of(given):
            if isinstance(found, Item):
                self._waiting.append(found)
            elif found.format is Format.LINES:
                yield from self._settled(0)
                yield from self._lines(found, manifest)
            else:
                self._waiting.append(self._single(found, manifest, children))
            yield from self._settled(_AHEAD * workers)

    def _lines(self, file: File, manifest: Manifest | None) -> Iterator[Item]:
        row = manifest.row_of(file.path, file.below) if manifest else None
        if row:
            reason = InputRejected(f'"{row.file}" holds many articles', "put what is known into its lines")
            yield rejected(row.name, reason)
        keep = self._keep_raw
        yield from read_jsonl_file(file.path, file.name, self._sources, self._limits, keep_raw=keep)

    def _single(self, file: File, manifest: Manifest | None, children: Children) -> _Awaited | Item:
        row = manifest.row_of(file.path, file.below) if manifest else None
        if problem := self._claim(file, row):
            return rejected(file.name, problem)
        if file.format is Format.PAGE:
            raw = self._bytes(file)
            return _Awaited(file, row, raw, children.submit(raw))
        return self._ended(file, lambda: self._text_item(file, row))

    def _claim(self, file: File, row: Row | None) -> InputRejected | None:
        """Two files whose names give one id are a mistake; one id given twice by a manifest, a revision."""
        named = row is not None and "id" in row.values
        article = row.values["id"] if row is not None and named else file.id
        first = self._claimed.setdefault(article, file.path)
        if named or first == file.path:
            return None
        reason = f'its id "{article}" is already taken by {first}'
        return InputRejected(reason, "rename one, or give it an id in a manifest")

    def _settled(self, most: int) -> Iterator[Item]:
        """The items whose turn it is, until at most so many wait."""
        while self._waiting and (len(self._waiting) > most or isinstance(self._waiting[0], Item)):
            first = self._waiting.popleft()
            yield (
                first if isinstance(first, Item) else self._ended(first.file, partial(self._page_item, first))
            )

    def _ended(self, file: File, reading: Callable[[], Item]) -> Item:
        """The edge where one input ends: whatever was wrong with it becomes its item."""
        try:
            return reading()
        except InputRejected as error:
            return rejected(file.name, error)
        except ExtractionFailed as error:
            return failed(file.name, str(error))
        except OSError as error:
            return unreadable(file.name, error)

    def _bytes(self, file: File) -> _Bytes:
        return _Bytes(file, self._limits, keep=self._keep_raw)

    def _text_item(self, file: File, row: Row | None) -> Item:
        raw = self._bytes(file)
        item = self._item(file, row, {"id": file.id, "text": decode_text(raw())})
        return replace(item, raw=raw.kept)

    def _page_item(self, awaited: _Awaited) -> Item:
        page = awaited.page.result()
        record = {
            "id": awaited.file.id,
            "text": page.text,
            "title": page.title,
            "byline": page.byline,
            "credit": page.credit,
            "language": page.language,
            "url": page.url,
            "published_at": page.published,
        }
        item = self._item(awaited.file, awaited.row, record)
        article = item.article
        if article is None:
            return item
        said = awaited.row.values if awaited.row else {}
        source, new = article.source, item.source
        if not ("source" in said or "series" in said):
            source, new = self._sources.of_page(article.url, page.site_name)
        credits_itself = page.credited == source and "credit" not in said
        article = replace(
            article,
            source=source,
            credit=None if credits_itself else article.credit,
            extra={**article.extra, "evidence": page.evidence},
        )
        return Item(item.name, article, source=new, raw=awaited.raw.kept)

    def _item(self, file: File, row: Row | None, record: Mapping[str, Any]) -> Item:
        """An article of what its file says, overruled by what the manifest says."""
        try:
            article, new = article_of({**record, **(row.values if row else {})}, self._sources, self._limits)
        except InputRejected as error:
            if row is None:
                raise
            raise InputRejected(f"{error.message} (with what {row.name} says)", error.remedy) from error
        return Item(file.name, article, source=new)


def _held_back(given: Path, manifest: Path, problem: UsageProblem) -> Iterator[Item]:
    """A folder whose manifest can't be used: without it its files would be stored with less than is known."""
    yield rejected(str(manifest), problem)
    for found in files_of(given):
        reason = f"waits for {manifest} to be mended"
        yield found if isinstance(found, Item) else failed(found.name, reason)
