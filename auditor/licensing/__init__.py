"""What was agreed of using a text, and what an article's use of it measures against that.

Pure: values in, values out. It must not know of files, databases, clocks or who decides what.

    terms, pickup | evaluate | findings (and what is covered)
"""

from __future__ import annotations

from auditor.licensing.evaluate import evaluate, triage
from auditor.licensing.findings import Certainty, Exhibit, Finding, State, finding_of, text_digest
from auditor.licensing.taking import Pickup
from auditor.licensing.terms import Agreement, Defaults, Rule, RuleKind, Terms

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
