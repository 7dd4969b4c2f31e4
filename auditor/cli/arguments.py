"""What users write in arguments, read: times and names of sources. It must not know of any command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from auditor.domain import Source
    from auditor.registry import Registry


def moment_of(text: str) -> Moment:
    """A time as ISO 8601 writes it. Raises UsageProblem."""
    try:
        return Moment.parse(text)
    except ValueError as problem:
        raise UsageProblem(f"{text}: not a time", "write 2026-03-01 or 2026-03-01T05:00:00Z") from problem


def source_named(registry: Registry, name: str) -> Source:
    """The source of that key, name, alias or domain. Raises NotFound."""
    found = registry.get(name) or registry.resolve(name)
    if found is None:
        raise NotFound(f"{name}: no such source", "auditor sources list names them all")
    return found
