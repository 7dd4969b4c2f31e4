"""What stands in the inboxes, and a person's say over it: try again, put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import NotFound
from auditor.jobs.deliveries import Delivery, bring_back, put_away
from auditor.jobs.intake import Rules, look_for

if TYPE_CHECKING:
    from auditor.storage import InboxFile, Store

PUT_ASIDE = "put aside by hand"


@dataclass(frozen=True, slots=True)
class InboxStatus:
    """How many files are new or settled, and those that wait for another try or are in quarantine."""

    new: int
    held_up: int
    done: int
    waiting: tuple[InboxFile, ...]
    quarantined: tuple[InboxFile, ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "new": self.new,
            "held_up": self.held_up,
            "done": self.done,
            "waiting": [file_row(file) for file in self.waiting],
            "quarantined": [file_row(file) for file in self.quarantined],
        }


def file_row(file: InboxFile) -> dict[str, Any]:
    """A file for --json."""
    return {
        "path": file.path,
        "state": file.state.value,
        "tries": file.tries,
        "run": file.run,
        "counts": {each.value: count for each, count in file.counts.items()},
        "reason": file.reason,
    }


def status(store: Store, rules: Rules) -> InboxStatus:
    """What lies in the inboxes now and what is known of what lay there."""
    from auditor.storage import InboxState

    found = look_for(store, rules)
    waiting = tuple(store.inbox_files(state=InboxState.WAITING))
    known = {file.path for file in waiting}
    return InboxStatus(
        new=sum(each.name not in known for each in found.fresh),
        held_up=len(found.held_up),
        done=store.inbox_counts()[InboxState.DONE],
        waiting=waiting,
        quarantined=tuple(store.inbox_files(state=InboxState.QUARANTINED)),
    )


def retry(store: Store, rules: Rules, paths: Sequence[str]) -> list[str]:
    """Let files be read again, in quarantine or done; all that are in quarantine without ``paths``.

    Gives the paths. Raises NotFound for one that isn't known.
    """
    from auditor.storage import InboxState

    files = _known(store, paths) if paths else list(store.inbox_files(state=InboxState.QUARANTINED))
    for file in files:
        bring_back(Path(file.path), rules.inboxes)
    store.put_inbox(replace(file, state=InboxState.WAITING, tries=0) for file in files)
    return [file.path for file in files]


def quarantine(store: Store, rules: Rules, paths: Sequence[str]) -> list[str]:
    """Put files aside: they aren't read until someone retries them. Raises NotFound, WriteProblem."""
    from auditor.storage import InboxFile, InboxState

    fresh = {each.name: each for each in look_for(store, rules).fresh}
    known = {file.path: file for file in store.inbox_files(paths)}
    for path in paths:
        delivery = fresh.get(path)
        if delivery is None and path not in known:
            raise NotFound(f"no file {path!r} in the inboxes", "see auditor inbox status")
        file = known.get(path) or _new(delivery, InboxFile)
        store.put_inbox([replace(file, state=InboxState.QUARANTINED, reason=file.reason or PUT_ASIDE)])
        if delivery and rules.moves:
            put_away(delivery, ".quarantine")
    return list(paths)


def _new(delivery: Delivery | None, made: type[InboxFile]) -> InboxFile:
    assert delivery is not None
    return made(delivery.name, delivery.digest, delivery.size, delivery.modified)


def _known(store: Store, paths: Sequence[str]) -> list[InboxFile]:
    files = {file.path: file for file in store.inbox_files(paths)}
    missing = [path for path in paths if path not in files]
    if missing:
        raise NotFound(f"nothing is known of {missing[0]!r}", "see auditor inbox status")
    return list(files.values())
