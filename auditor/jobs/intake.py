"""Takes in what lies in the inboxes, and says of each file what became of it.

    deliveries → readers → batches | store, ledger and the file's row in one transaction → files moved

A file's row is written with its last article, so a killed night reads on where it was; a file of many lines
is read again from its beginning, and what was stored of it is a duplicate then.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from auditor.domain import Disposition, Outcome
from auditor.errors import UsageProblem, WriteProblem
from auditor.ingest import Item, read_paths
from auditor.ingest.manifest import FILE_NAME, read_manifest
from auditor.jobs.batches import batches
from auditor.jobs.deliveries import DONE, QUARANTINE, Delivery, Looked, Taking, look, put_away
from auditor.jobs.ingest import BATCH, take

if TYPE_CHECKING:
    from auditor.jobs.locking import Lock
    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import InboxFile, Store

_BLOCK = 1 << 20
_BAD = (Disposition.REJECTED, Disposition.FAILED)


@dataclass(frozen=True, slots=True)
class Rules:
    """How inboxes are treated: the folders, whether what is done is moved, how often what failed is tried.

    ``captures`` keeps the bytes of each article.
    """

    inboxes: tuple[Path, ...]
    moves: bool
    tries: int
    processes: int = 1
    captures: bool = False


@dataclass(slots=True)
class Taken:
    """What became of a night's inputs. ``seen_before`` counts files that an earlier night had settled."""

    counts: Counter[Disposition] = field(default_factory=Counter)
    problems: list[Outcome] = field(default_factory=list)
    seen_before: int = 0
    held_up: int = 0
    quarantined: int = 0

    def as_counts(self) -> dict[str, int]:
        """For the run's record: the four dispositions add up to ``inputs``."""
        return {
            "inputs": self.counts.total(),
            **{each.value: self.counts[each] for each in Disposition},
            "seen_before": self.seen_before,
            "held_up": self.held_up,
            "quarantined": self.quarantined,
        }


def look_for(store: Store, rules: Rules) -> Looked:
    """What lies in the inboxes. Raises UsageProblem where one isn't a folder."""

    def known_of(paths: Sequence[str]) -> dict[str, InboxFile]:
        return {file.path: file for file in store.inbox_files(paths)}

    found = look(rules.inboxes, known_of)
    found.manifests = [each for each in found.manifests if not _was_told(store, each)]
    return found


def _was_told(store: Store, manifest: Delivery) -> bool:
    """Was the same trouble of the same manifest told before? It stands until someone mends it."""
    known = next(iter(store.inbox_files([manifest.name])), None)
    return bool(manifest.problem and known and known.digest == manifest.digest and known.reason)


def receive(stream: BinaryIO, inbox: Path) -> Path | None:
    """Keep what comes on standard input as a file of the inbox, named by what it holds, so no kill loses it.

    None where nothing came. Raises WriteProblem.
    """
    digest = sha256()
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=inbox, prefix=".stdin-", delete=False) as file:
            while block := stream.read(_BLOCK):
                digest.update(block)
                file.write(block)
            length = file.tell()
        place = inbox / f"stdin-{digest.hexdigest()[:16]}.jsonl"
        arrived = Path(file.name)
        if not length or place.exists():
            arrived.unlink()
        else:
            arrived.chmod(0o644)
            arrived.rename(place)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteProblem(f"standard input can't be kept in {inbox}: {reason}", "make room there") from error
    return place if length else None


def standard_input() -> BinaryIO:
    """The process's own standard input, as bytes."""
    return sys.stdin.buffer


def take_in(
    store: Store, registry: Registry, found: Looked, rules: Rules, *, run: int, lock: Lock, progress: Progress
) -> Taken:
    """Read and store all that is new, and put away what is settled."""
    intake = _Intake(store, registry, rules, run, lock)
    intake.refuse(found)
    with Taking(found) as taking:
        intake.read(taking, found, progress)
    for delivery, file in found.settled:
        intake.put_away(delivery, file.state.value)
    intake.taken.seen_before = len(found.settled)
    intake.taken.held_up = len(found.held_up)
    return intake.taken


class _Intake:
    """One night's intake: what it was told, and what it counted."""

    def __init__(self, store: Store, registry: Registry, rules: Rules, run: int, lock: Lock) -> None:
        self._store, self._registry, self._rules = store, registry, rules
        self._run, self._lock = run, lock
        self._tallies: dict[str, Counter[Disposition]] = {}
        self._reasons: dict[str, str] = {}
        self._read: set[str] = set()
        self.taken = Taken()

    def refuse(self, found: Looked) -> None:
        """What can't even be opened, and what is wrong with whole manifests."""
        refused = [each for each in found.fresh if each.problem]
        outcomes = [_outcome(each.name, each.problem, retryable=each.retryable) for each in refused]
        outcomes += [
            _outcome(each.name, each.problem, retryable=True) for each in found.manifests if each.problem
        ]
        if not outcomes:
            return
        self._count(outcomes)
        for each, outcome in zip(refused, outcomes, strict=False):
            self._tally(each.name, outcome)
        unusable = [each for each in found.manifests if each.problem]
        with self._store.transaction():
            self._lock.expect()
            self._store.record(outcomes, run=self._run)
            self._store.put_inbox(_file(each, "waiting", self._run, reason=each.problem) for each in unusable)
            ended = self._ended(refused)
        self._put_away(ended)

    def read(self, taking: Taking, found: Looked, progress: Progress) -> None:
        """Everything that is new, batch by batch."""
        told = self._lines_told(found)
        rules = self._rules
        given = read_paths(
            taking.folders, registry=self._registry, workers=rules.processes, keep_raw=rules.captures
        )
        items = (
            item
            for item in given
            if (line := taking.manifest_of(item.name)) is None or told.isdisjoint({line, (line[0], "*")})
        )
        current: Delivery | None = None
        for batch in batches(items, BATCH):
            seen = [taking.delivery_of(item.name) for item in batch]
            complete = [each for each in (current, *seen) if each]
            current = complete.pop() if complete else None
            before = {current.name} if current else set()
            self._store_batch(
                [_told(item, taking) for item in batch],
                seen,
                [each for each in dict.fromkeys(complete) if each.name not in before],
            )
            progress.step("inputs", self.taken.counts.total(), None)
        rest = [each for each in found.fresh if not each.problem and each.name not in self._read]
        self._store_batch([], [], rest, [each for each in found.manifests if not each.problem])

    def _store_batch(
        self,
        batch: Sequence[Item],
        of: Sequence[Delivery | None],
        complete: Sequence[Delivery],
        manifests: Sequence[Delivery] = (),
    ) -> None:
        with self._store.transaction():
            self._lock.expect()
            outcomes = take(self._store, self._registry, batch, self._run) if batch else []
            named = {item.name: each for item, each in zip(batch, of, strict=True) if each}
            for outcome in outcomes:
                if outcome.name in named:
                    self._tally(named[outcome.name].name, outcome)
            ended = self._ended(complete)
            self._store.put_inbox(_file(each, "done", self._run) for each in manifests)
        self._count(outcomes)
        self._put_away(ended)

    def _lines_told(self, found: Looked) -> set[tuple[Path, str]]:
        """Lines of manifests that aren't news: of one seen before, or of files that earlier nights took."""
        fresh = {each.inbox for each in found.manifests}
        told: set[tuple[Path, str]] = set()
        for inbox in self._rules.inboxes:
            if not (inbox / FILE_NAME).is_file():
                continue
            if inbox not in fresh:
                told.add((inbox, "*"))
                continue
            try:
                manifest = read_manifest(inbox / FILE_NAME)
            except UsageProblem:
                continue
            for file in self._store.inbox_files():
                path = Path(file.path)
                if path.is_relative_to(inbox) and (
                    row := manifest.row_of(path, path.relative_to(inbox).as_posix())
                ):
                    told.add((inbox, str(row.line)))
        return told

    def _tally(self, name: str, outcome: Outcome) -> None:
        self._tallies.setdefault(name, Counter())[outcome.disposition] += 1
        if outcome.disposition in _BAD:
            self._reasons.setdefault(name, outcome.reason)

    def _count(self, outcomes: Sequence[Outcome]) -> None:
        self.taken.counts.update(outcome.disposition for outcome in outcomes)
        self.taken.problems += [outcome for outcome in outcomes if outcome.disposition in _BAD]

    def _ended(self, complete: Sequence[Delivery]) -> list[tuple[Delivery, str]]:
        """Write the rows of files that are read to their end; each with its new state."""
        if not complete:
            return []
        known = {file.path: file for file in self._store.inbox_files(each.name for each in complete)}
        files = [self._settled(each, known.get(each.name)) for each in complete]
        self._store.put_inbox(files)
        self._read |= {each.name for each in complete}
        return [(each, file.state.value) for each, file in zip(complete, files, strict=True)]

    def _settled(self, delivery: Delivery, before: InboxFile | None) -> InboxFile:
        counts = self._tallies.get(delivery.name, Counter())
        tried = before.tries if before and before.digest == delivery.digest else 0
        reason = self._reasons.get(delivery.name, "")
        bad = sum(counts[each] for each in _BAD)
        if bad and counts.total() > 1:
            reason = f"{bad} of {counts.total()} not stored; the first: {reason}"
        if counts[Disposition.FAILED]:
            tried += 1
            state = "quarantined" if tried >= self._rules.tries else "waiting"
        else:
            state = "quarantined" if counts[Disposition.REJECTED] else "done"
        return replace(_file(delivery, state, self._run, reason=reason), tries=tried, counts=dict(counts))

    def _put_away(self, ended: Sequence[tuple[Delivery, str]]) -> None:
        for delivery, state in ended:
            if state == "quarantined":
                self.taken.quarantined += 1
            self.put_away(delivery, state)

    def put_away(self, delivery: Delivery, state: str) -> None:
        """Move a settled file where it belongs, if files are moved at all."""
        if not self._rules.moves or state == "waiting" or not (delivery.digest or delivery.problem):
            return
        put_away(delivery, DONE if state == "done" else QUARANTINE)


def _told(item: Item, taking: Taking) -> Item:
    """The same item in terms of the inboxes."""
    problem = item.problem
    if problem:
        problem = replace(problem, name=taking.told(problem.name), reason=taking.told(problem.reason))
    return replace(item, name=taking.told(item.name), problem=problem)


def _outcome(name: str, reason: str, *, retryable: bool) -> Outcome:
    return Outcome(name, Disposition.FAILED if retryable else Disposition.REJECTED, reason=reason)


def _file(delivery: Delivery, state: str, run: int, *, reason: str = "") -> InboxFile:
    from auditor.storage import InboxFile, InboxState

    return InboxFile(
        path=delivery.name,
        digest=delivery.digest,
        size=delivery.size,
        modified=delivery.modified,
        state=InboxState(state),
        run=run,
        reason=reason,
    )
