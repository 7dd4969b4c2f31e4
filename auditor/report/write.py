"""Writing a report: the units that changed since the last one, then the pages that speak of everything.

    store, index → units to be made → pages, lines → index → overview and lists → all put in place at once

It decides what is made and hands values on: gather reads, views decide what a page says, render sets it,
staging puts the whole in place. The first report makes all units by the same way, so that a later one can't
differ from it. Memory holds one batch of units, and a few hundred bytes of each story.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import astuple
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from auditor.errors import ConfigProblem
from auditor.registry import Registry
from auditor.report.digests import look_digest, told_digest
from auditor.report.gather import Batch, furniture_of
from auditor.report.making import Maker
from auditor.report.overall import OVERVIEW, Overall, last_run, told_since
from auditor.report.render import Renderer
from auditor.report.staging import Staging
from auditor.report.store import ReportStore
from auditor.report.summary import ReportSummary, Reviewed
from auditor.report.units import Unit, all_units, batches, units_of

# What the index notes of the whole report.
LOOK, STAMP, OCCASION, TOTALS = "look", "stamp", "occasion", "totals"


def write_report(
    store: ReportStore,
    registry: Registry,
    out: Path,
    *,
    timezone: str = "UTC",
    templates: Path | None = None,
    reviewed: Reviewed | None = None,
) -> ReportSummary:
    """Write the pages of everything in the store below ``out``; only files whose content changed are written.

    Times are shown in ``timezone`` (an IANA name). Raises ConfigProblem where that is unknown, WriteProblem
    where ``out`` holds something else or can't be written: the old report then stands as it was.
    """
    zone = zone_of(timezone)
    with Staging(out) as staging:
        made = _Report(store, registry, staging, zone, Renderer(templates), reviewed)
        stories, pickups, articles = made.write()
        return ReportSummary(
            index=out / OVERVIEW,
            stories=stories,
            pickups=pickups,
            articles=articles,
            changed=staging.changed,
            unchanged=staging.index.count_standing() - staging.changed,
        )


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; raises ConfigProblem."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ConfigProblem(
            f"no time zone is called {name}", "use an IANA name such as Europe/Paris"
        ) from problem


class _Report:
    """One report in the making."""

    def __init__(
        self,
        store: ReportStore,
        registry: Registry,
        staging: Staging,
        zone: ZoneInfo,
        renderer: Renderer,
        reviewed: Reviewed | None,
    ) -> None:
        self._reviewed = reviewed
        self._store, self._registry, self._staging = store, registry, staging
        self._zone, self._renderer = zone, renderer
        self._index = staging.index
        self._furniture = furniture_of(store)
        self._maker = Maker(staging, renderer, registry, zone)

    def write(self) -> tuple[int, int, int]:
        """What changed since the last report; returns how many stories, pickups and articles there are."""
        look = look_digest(self._renderer.folder, self._registry, self._zone)
        is_same_look = self._index.note(LOOK) == look
        # Asked for before anything is read: what is written meanwhile is made again by the next report.
        stamp = self._store.stamp()
        touched = self._touched() if is_same_look else None
        run = last_run(self._store)
        of_run = (run.key, str(run.ended or run.started)) if run else None
        counted = astuple(self._reviewed) if self._reviewed else None
        occasion = told_digest(of_run, told_since(self._store, run), counted)
        if touched is None:
            if not is_same_look:
                self._index.forget_digests()
            self._index.forget_units()
            self._make(all_units(self._store))
        elif touched:
            self._make_touched(touched)
        elif occasion == self._index.note(OCCASION):
            stories, pickups, articles = json.loads(self._index.note(TOTALS))
            return stories, pickups, articles
        overall = Overall(
            self._store, self._registry, self._staging, self._zone, self._renderer, run, self._reviewed
        )
        self._index.forget_overall()
        overall.make()
        pickups = sum(tally.pickups for tally in overall.collected.sources.values())
        totals = (len(overall.collected.stories), pickups, overall.articles)
        notes = {LOOK: look, STAMP: stamp, OCCASION: occasion, TOTALS: json.dumps(totals)}
        for key, value in notes.items():
            self._index.note_down(key, value)
        return totals

    def _touched(self) -> Collection[str] | None:
        """The articles that were written of since the last report; None where all are to be looked at."""
        stamp = self._index.note(STAMP)
        return self._store.touched_since(stamp) if stamp and self._staging.is_whole() else None

    def _make_touched(self, touched: Collection[str]) -> None:
        """The units of these articles, and those whose pages speak of them or did."""
        units = list(units_of(self._store, touched))
        made = {unit.name for unit in units}
        inside = {name for unit in units for name in unit.articles}
        beside = self._forget(made | self._index.units_of(inside | set(touched)))
        beside |= self._make(units)
        more = [unit for unit in units_of(self._store, beside - inside) if unit.name not in made]
        self._forget({unit.name for unit in more})
        self._make(more)

    def _forget(self, units: Iterable[bytes]) -> set[str]:
        """Forget units; returns the articles outside of them that they spoke of."""
        beside: set[str] = set()
        for unit in sorted(units):
            beside |= self._index.mentioned_by(unit)
            self._index.forget(unit)
        return beside

    def _make(self, units: Iterable[Unit]) -> set[str]:
        """Make units; returns the articles outside of them that they speak of."""
        beside: set[str] = set()
        for group in batches(units):
            batch = Batch(self._store, group, self._registry, self._zone, self._furniture)
            for unit, members in zip(group, batch.members, strict=True):
                if members:
                    beside |= self._maker.make(unit, members, batch)
        return beside
