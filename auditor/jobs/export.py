"""Gives out what is stored, as rows of the interchange formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import auditor
from auditor.jobs.sources import digest_of
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.export.rows import Row
    from auditor.storage import Store

# What is remembered of an export beside what it was made with.
ROWS, DIGEST = "rows", "digest"


def export(store: Store, registry: Registry, what: str, form: str | None, out: Path | None) -> int:
    """Write one export to a file, or to standard output; returns how many rows.

    The file appears whole or not at all. Raises WriteProblem and UsageProblem.
    """
    from auditor.export import RECONSTRUCTIONS, write_export, write_rows

    if what == RECONSTRUCTIONS:
        return write_rows(_reconstructions(store, registry), what, form, out)
    return write_export(store, registry, what, form, out)


def _reconstructions(store: Store, registry: Registry) -> Iterator[Row]:
    """The lost texts of each story as its copies tell them, a story at a time."""
    from auditor.export import reconstruction_row
    from auditor.jobs.story import rebuilt

    for story in store.stories():
        for found in rebuilt(store, registry, story):
            yield reconstruction_row(found, story.id, registry)


def export_again(store: Store, registry: Registry, what: str, form: str, out: Path) -> int:
    """The same for a file that is written each night: what stands there and is still right is kept."""
    from auditor.export import PROV, RECONSTRUCTIONS
    from auditor.export.renewal import Written, as_written, renew
    from auditor.export.rows import FORM
    from auditor.storage import Mark

    if form != "jsonl" or what in {PROV, RECONSTRUCTIONS}:
        return export(store, registry, what, form, out)
    name = f"export {what} {out.resolve()}"
    mark, stamp = store.mark(name), store.stamp()
    made_with = {"sources": digest_of(registry), "program": auditor.__version__, "form": FORM}
    changed = store.touched_since(mark.stamp)
    written = None
    if changed is not None and made_with.items() <= mark.told.items():
        before = Written(mark.told[ROWS], mark.told[DIGEST])
        written = renew(store, registry, what, out, changed, before)
    if written is None:
        written = as_written(out, export(store, registry, what, form, out))
    now = Mark(stamp, {**made_with, ROWS: written.rows, DIGEST: written.digest})
    if now != mark:
        store.put_mark(name, now)
    return written.rows
