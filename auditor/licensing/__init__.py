"""What was agreed of using a text, and what an article's use of it measures against that.

Pure: values in, values out. It must not know of files, databases, clocks or who decides what.

    terms, pickup | evaluate | findings (and what is covered)

The values are cheap to import; what evaluates them needs numpy and is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.licensing.findings import Certainty, Exhibit, Finding, State, finding_of, text_digest
from auditor.licensing.terms import Agreement, Defaults, Rule, RuleKind, Terms

if TYPE_CHECKING:
    from auditor.licensing.evaluation import evaluate, triage
    from auditor.licensing.taking import Pickup

__all__ = [
    "Agreement",
    "Certainty",
    "Defaults",
    "Exhibit",
    "Finding",
    "Pickup",
    "Rule",
    "RuleKind",
    "State",
    "Terms",
    "evaluate",
    "finding_of",
    "text_digest",
    "triage",
]


def __getattr__(name: str) -> Any:
    if name in ("evaluate", "triage"):
        from auditor.licensing import evaluation

        return getattr(evaluation, name)
    if name == "Pickup":
        from auditor.licensing.taking import Pickup

        return Pickup
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
