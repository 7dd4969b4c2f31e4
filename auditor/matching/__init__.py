"""Which passages two texts share, and which of many texts are worth comparing.

The public face of the package. It must not know of times, sources' standing, storage or who copied whom.
"""

from auditor.matching.alignment import align
from auditor.matching.candidates import (
    UNKNOWN_TIME,
    Candidates,
    Postings,
    Standing,
    find_candidates,
    tie_of,
)
from auditor.matching.edits import Edit, EditOp, edits
from auditor.matching.furniture import (
    Furniture,
    Printed,
    Repeated,
    Words,
    lines_in,
    often_printed,
    repeated,
    strangers,
)
from auditor.matching.pairings import pairings, retells_story, story_pairs
from auditor.matching.repeats import self_repeats
from auditor.matching.retelling import Unheld, retellings, unheld
from auditor.matching.together import views_ahead

__all__ = [
    "UNKNOWN_TIME",
    "Candidates",
    "Edit",
    "EditOp",
    "Furniture",
    "Postings",
    "Printed",
    "Repeated",
    "Standing",
    "Unheld",
    "Words",
    "align",
    "edits",
    "find_candidates",
    "lines_in",
    "often_printed",
    "pairings",
    "repeated",
    "retellings",
    "retells_story",
    "self_repeats",
    "story_pairs",
    "strangers",
    "tie_of",
    "unheld",
    "views_ahead",
]
