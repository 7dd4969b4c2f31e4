"""What was damaged on the way, how badly, and by whom.

Pure: values in, values out. It must not know of files, databases or how derivations were found.

    derivations | change view | one detector a kind | who brought it in | garbles → rules · score
"""

from __future__ import annotations

from auditor.garbling.duplication import look_ahead
from auditor.garbling.garbles import by_severity, garbles, unmarked
from auditor.garbling.rules import Rule, rules
from auditor.garbling.score import Score, score

__all__ = ["Rule", "Score", "by_severity", "garbles", "look_ahead", "rules", "score", "unmarked"]
