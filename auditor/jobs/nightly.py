"""A night's work, from the inboxes to the report, as one job that may be killed anywhere and run again.

    inbox | ingest | audit | changes | prune | report | export → run record, metrics

One at a time (``locking``). Each step leaves nothing half done and finds nothing to do where it was done,
so the next run ends where this one would have; what changed is told from the last time it was told, not
from the last run. With nothing new, nothing is written but the run's record.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.config import Nightly, Settings
from auditor.domain import Outcome
from auditor.engine.local import collecting_seldom
from auditor.errors import AuditorError, ConfigProblem
from auditor.jobs import changes as telling
from auditor.jobs.audit import AuditSummary, work_out
from auditor.jobs.export import export_again
from auditor.jobs.intake import Rules, Taken, look_for, take_in
from auditor.jobs.locking import Lock, Watched, locked
from auditor.jobs.metrics import Sample, write_metrics
from auditor.jobs.progress import Progress, Silent
from auditor.jobs.report import report
from auditor.jobs.retention import counts as removal_counts
from auditor.jobs.retention import prune
from auditor.jobs.sources import registry_of
from auditor.storage import Mark

if TYPE_CHECKING:
    from auditor.jobs.findings import UpdateSummary
    from auditor.report import ReportSummary
    from auditor.storage import Removal, Store

# Told of each thing that happens: what, and with which facts. The command line makes log lines of it.
Log = Callable[..., None]
# The mark up to which changes were told.
TOLD = "changes"
# Below the folder of exports.
CHANGES_JSON, CHANGES_TEXT = "changes.json", "changes.txt"


def _nobody(_event: str, **_facts: object) -> None:
    """No log."""


@dataclass(slots=True)
class Night:
    """What a night did; a step that was left out is None. ``changes`` are those last told, by ``told_by``."""

    run: int
    taken: Taken | None = None
    audited: AuditSummary | None = None
    findings: UpdateSummary | None = None
    changes: telling.Changes | None = None
    told_by: int | None = None
    is_news: bool = False
    removed: Removal | None = None
    report: ReportSummary | None = None
    exported: dict[str, int] | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def problems(self) -> Sequence[Outcome]:
        """The inputs that were rejected or failed."""
        return self.taken.problems if self.taken else ()

    @property
    def not_examined(self) -> int:
        """How many inputs aren't in the store though they were to be."""
        return len(self.problems) + (self.taken.held_up if self.taken else 0)

    def meets(self, gate: str | None) -> bool:
        """Did this night find a new garble of that severity or a graver one?"""
        return bool(gate and self.is_news and self.changes and self.changes.meets(gate))

    def as_counts(self) -> dict[str, int]:
        """For the run's record."""
        found: dict[str, int] = {}
        if self.taken:
            found |= self.taken.as_counts()
        if self.audited:
            found |= {key: value for key, value in self.audited.as_dict().items() if key != "stories"}
        if self.findings:
            found |= {f"findings_{key}": value for key, value in self.findings.as_dict().items()}
        if self.changes and self.is_news:
            found |= {f"new_{key}": value for key, value in self.changes.counts().items()}
        if self.removed:
            found |= {f"removed_{key}": value for key, value in removal_counts(self.removed).items()}
        return found

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "run": self.run,
            "counts": self.as_counts(),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "report": str(self.report.index) if self.report else None,
            "exports": self.exported,
            "changes": self.changes.as_dict() if self.changes and self.is_news else None,
            "problems": [
                {"input": each.name, "outcome": each.disposition.value, "reason": each.reason}
                for each in self.problems
            ],
        }

    def sentence(self) -> str:
        """What was done, in words."""
        parts = []
        if self.taken:
            counts = self.taken.as_counts()
            parts.append(
                f"{counts['inputs']} inputs: {counts['stored']} stored, {counts['duplicate']} duplicate, "
                f"{counts['rejected']} rejected, {counts['failed']} failed"
            )
        if self.audited:
            parts.append(self.audited.sentence())
        if self.findings:
            parts.append(self.findings.sentence())
        if self.removed and self.removed.texts:
            parts.append(f"{self.removed.texts} texts removed by retention")
        return "; ".join(parts) or "nothing to do"


def nightly(
    settings: Settings,
    *,
    steps: Sequence[str] | None = None,
    progress: Progress | None = None,
    log: Log = _nobody,
) -> Night:
    """Do a night's work, or those ``steps`` of it that are named (see ``Nightly.steps``).

    Raises AlreadyRunning where another one is at it; StoreProblem, WriteProblem. What was done until then
    stays done.
    """
    from auditor.storage import open_store

    rules = settings.nightly
    with (
        open_store(settings.database) as store,
        locked(store, "nightly", stale_after=rules.stale_after) as lock,
    ):
        if lock.taken_from:
            log("lock_taken_over", holder=lock.taken_from.sentence(), last=str(lock.taken_from.heartbeat))
        cut_off = [r.key for r in store.runs() if r.status == "running" and _is_ours(r.command, r.parameters)]
        store.note_interrupted(cut_off)
        taken_steps = [step for step in rules.steps if steps is None or step in steps]
        run = store.begin_run("nightly", {"steps": taken_steps})
        work = _Work(settings, store, lock, Night(run), Watched(lock, progress or Silent()), log)
        try:
            log("started", run=run, steps=taken_steps, interrupted_before=cut_off)
            work.do(taken_steps)
        except BaseException as error:
            work.fail(error)
            raise
        work.end()
        return work.night


def _is_ours(command: str, parameters: Any) -> bool:
    """Was that run a night's, or a part of one? Nobody else's is, while we have the lock."""
    return command == "nightly" or "nightly" in parameters


class _Work:
    """One night at work: the steps in their order, timed, told of and recorded."""

    def __init__(
        self, settings: Settings, store: Store, lock: Lock, night: Night, progress: Watched, log: Log
    ) -> None:
        self._settings, self._store, self._lock = settings, store, lock
        self.night, self._progress, self._log = night, progress, log
        self._began = time.monotonic()
        self._wrong_terms: ConfigProblem | None = None

    @property
    def _rules(self) -> Nightly:
        return self._settings.nightly

    def do(self, steps: Sequence[str]) -> None:
        """Take the steps."""
        for step in steps:
            self._lock.expect()
            began = time.monotonic()
            with collecting_seldom():
                getattr(self, f"_{step}")()
            self.night.seconds[step] = time.monotonic() - began
            self._log("step_done", step=step, seconds=round(self.night.seconds[step], 3))
        if self._wrong_terms:
            raise self._wrong_terms

    def end(self) -> None:
        """Record a night that went well."""
        self._store.end_run(self.night.run, "done", self.night.as_counts())
        self._log("done", seconds=round(time.monotonic() - self._began, 3), **self.night.as_counts())
        self._tell_metrics(went_well=True)

    def fail(self, error: BaseException) -> None:
        """Record a night that didn't, as far as that can be done: the error itself is what is told."""
        reason = error.message if isinstance(error, AuditorError) else type(error).__name__
        self._log("failed", reason=reason, seconds=round(time.monotonic() - self._began, 3))
        try:
            self._store.end_run(self.night.run, "failed", self.night.as_counts())
            self._tell_metrics(went_well=False)
        except AuditorError as second:
            self._log("not_recorded", reason=second.message)

    def _ingest(self) -> None:
        registry = registry_of(self._store, self._settings.sources)
        rules = Rules(
            self._rules.inbox,
            self._rules.done == "move",
            self._rules.tries,
            self._settings.processes,
            self._settings.captures,
        )
        found = look_for(self._store, rules)
        if not (found.fresh or found.manifests):
            self.night.taken = take_in(
                self._store, registry, found, rules, run=0, lock=self._lock, progress=self._progress
            )
            return
        run = self._store.begin_run("ingest", {"nightly": self.night.run})
        try:
            self.night.taken = taken = take_in(
                self._store, registry, found, rules, run=run, lock=self._lock, progress=self._progress
            )
        except BaseException:
            self._store.end_run(run, "failed", {})
            raise
        counts = taken.as_counts()
        self._store.end_run(run, "done", counts)
        self._log("ingested", ingest_run=run, **counts)
        for problem in taken.problems:
            self._log(problem.disposition.value, input=problem.name, reason=problem.reason)

    def _audit(self) -> None:
        registry = registry_of(self._store, self._settings.sources)
        self.night.audited = work_out(
            self._store, registry, processes=self._settings.processes, progress=self._progress
        )
        self._log("audited", **self.night.audited.as_dict())

    def _findings(self) -> None:
        """Hold what changed against the terms, where there are any; a mistake in them stops no other step."""
        from auditor.jobs.rechecks import recheck

        settings = self._settings
        if "licences" not in settings.origins and not settings.licences.exists():
            return
        registry = registry_of(self._store, settings.sources)
        try:
            self.night.findings = recheck(
                self._store,
                registry,
                settings.licences,
                second=settings.second_sign_off,
                progress=self._progress,
            )
        except ConfigProblem as problem:
            self._wrong_terms = problem
            self._log("findings_left", reason=problem.message)
            return
        if self.night.findings:
            self._log("held_against_terms", **self.night.findings.as_dict())

    def _changes(self) -> None:
        told = tell_changes(self._store, self.night.run)
        self.night.changes, self.night.told_by, self.night.is_news = told
        if self.night.is_news and self.night.changes:
            self._log("changed", **self.night.changes.counts())

    def _prune(self) -> None:
        registry = registry_of(self._store, self._settings.sources)
        today = datetime.now(UTC).date()
        self.night.removed = prune(self._store, registry, self._rules.retention, today)
        if self.night.removed.texts:
            self._log("pruned", **removal_counts(self.night.removed))

    def _report(self) -> None:
        registry = registry_of(self._store, self._settings.sources)
        zone = self._settings.time_zone
        self.night.report = report(
            self._store,
            registry,
            self._settings.report,
            time_zone=zone,
            second=self._settings.second_sign_off,
        )
        self._log("reported", changed=self.night.report.changed, unchanged=self.night.report.unchanged)

    def _export(self) -> None:
        registry = registry_of(self._store, self._settings.sources)
        folder = self._rules.exports
        made = _swept(folder)
        self.night.exported = {}
        for what in self._rules.export:
            form = "json" if what == "prov" else self._rules.format
            file = made / f"{what}.{form}"
            self.night.exported[what] = export_again(self._store, registry, what, form, file)
        if self.night.changes is not None:
            _write(
                made / CHANGES_JSON, json.dumps(self.night.changes.as_dict(), ensure_ascii=False, indent=2)
            )
            _write(made / CHANGES_TEXT, self.night.changes.text())
        self._log("exported", **self.night.exported)

    def _tell_metrics(self, *, went_well: bool) -> None:
        if self._rules.metrics is None:
            return
        night = self.night
        steps: list[Sample] = [({"step": step}, seconds) for step, seconds in night.seconds.items()]
        counts: list[Sample] = [({"what": name}, value) for name, value in night.as_counts().items()]
        files: list[Sample] = [
            ({"state": state.value}, count) for state, count in self._store.inbox_counts().items()
        ]
        write_metrics(
            self._rules.metrics,
            {
                "nightly_success": ("1 where the last night went well, else 0", [({}, float(went_well))]),
                "nightly_end_seconds": ("When the last night ended, in Unix time", [({}, time.time())]),
                "nightly_run": ("The number of the last night's run", [({}, night.run)]),
                "nightly_duration_seconds": ("How long it took", [({}, time.monotonic() - self._began)]),
                "nightly_step_seconds": ("How long each step took", steps),
                "nightly_count": ("What it counted", counts),
                "inbox_files": ("Files of the inboxes by what is to become of them", files),
                "articles": ("Articles held", [({}, self._store.count())]),
                "stories": ("Stories known", [({}, self._store.count_stories())]),
            },
        )


def tell_changes(store: Store, run: int) -> tuple[telling.Changes, int | None, bool]:
    """What changed since it was last told, noted as told by this run; the run that told it; is it news?

    Where nothing changed it is what was last told, so that the same night again writes the same; it is
    news again where the night that told it never ended.
    """
    mark, stamp = store.mark(TOLD), store.stamp()
    touched = store.touched_since(mark.stamp)  # None where it can't be told: then every article may differ
    found = telling.differences(store.known_before(touched), store.known_now(touched))
    if not found:
        if stamp != mark.stamp:
            store.put_mark(TOLD, Mark(stamp))
        last = store.told_changes()
        if last is None:
            return telling.Changes(), None, False
        told_by, told = last
        is_news = store.run(told_by).status != "done"
        if is_news:
            store.adopt_changes(told_by, run)
        return telling.Changes.of_dict(told), told_by, is_news
    names = sorted(found.now)
    stories = {story.id: (story.title, len(story.articles)) for story in store.stories_of(names)}
    changes = telling.changed(found, stories, store.own_garbles(names))
    with store.transaction():
        store.keep_changes(run, changes.as_dict(), found.now.values())
        store.put_mark(TOLD, Mark(stamp))
    return changes, run, True


def _swept(folder: Path) -> Path:
    """The folder, made where there is none, without the half files that a killed night left in it."""
    from auditor.errors import WriteProblem

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("*.json", "*.jsonl", "*.csv", "*.txt"):
            for half in folder.glob(f".{name}.????????"):
                half.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteProblem(f"{folder} can't be made: {reason}", "choose another folder") from error
    return folder


def _write(path: Path, text: str) -> None:
    from auditor.export import appearing_whole

    with appearing_whole(path) as file:
        file.write(text if text.endswith("\n") else f"{text}\n")
