"""What a rule measures of a taking: a number against a bound, or kept or not, with the passages in question.

It must not know any rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from auditor.licensing.findings import Exhibit


@dataclass(frozen=True, slots=True)
class Measure:
    """One rule held against one taking.

    ``says`` goes on where "… runs 212 words of AP's item" ends. ``exhibits`` are None where all that was
    taken is in question. ``unsure`` is set where times are known too roughly to decide; where
    ``is_measured`` isn't set, the rule couldn't be measured at all, and ``says`` tells why.
    """

    kept: bool
    says: str
    value: float | None = None
    bound: float | None = None
    unit: str = ""
    exhibits: tuple[Exhibit, ...] | None = None
    unsure: bool = False
    is_measured: bool = True


def percent(share: float) -> str:
    """0.873 is "87%"; a share is never rounded up to a whole it isn't."""
    return f"{int(share * 100)}%"


def duration(length: timedelta) -> str:
    """A length of time in the two largest units that matter."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{_counted(days, 'day')} {hours} h" if hours else _counted(days, "day")
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"


def hours(value: float) -> str:
    """1 is "1 hour", 1.5 is "1.5 hours"."""
    return f"{value:g} hour{'' if value == 1 else 's'}"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
