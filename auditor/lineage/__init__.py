"""Who copied whom, passage by passage, from which origin, and how sure that is.

Pure: values in, values out. It must not know of files, databases, clocks or how matches were found.

    witness, relatives → trace → settle → verdict · stories
"""

from __future__ import annotations

from auditor.lineage.bearing import Kin, may_bear
from auditor.lineage.inferred import is_inferred, to_continue
from auditor.lineage.lost import Lost, lost_texts
from auditor.lineage.notices import WITHDRAWN
from auditor.lineage.order import OF_TIMES
from auditor.lineage.parameters import DEFAULTS, Parameters
from auditor.lineage.reconstruct import MOST_COPIES, Rebuilt, Reconstruction, reconstruct
from auditor.lineage.retold import REACH, Dated, is_retold, may_retell, shared
from auditor.lineage.settle import settle
from auditor.lineage.stale import later_versions, outdated, stale
from auditor.lineage.stories import stories
from auditor.lineage.trace import trace
from auditor.lineage.verdict import FEW_WORDS, verdict, verdict_of_unrelated
from auditor.lineage.witness import Relative, Standing, Witness, witness

__all__ = [
    "DEFAULTS",
    "FEW_WORDS",
    "MOST_COPIES",
    "OF_TIMES",
    "REACH",
    "WITHDRAWN",
    "Dated",
    "Kin",
    "Lost",
    "Parameters",
    "Rebuilt",
    "Reconstruction",
    "Relative",
    "Standing",
    "Witness",
    "is_inferred",
    "is_retold",
    "later_versions",
    "lost_texts",
    "may_bear",
    "may_retell",
    "outdated",
    "reconstruct",
    "settle",
    "shared",
    "stale",
    "stories",
    "to_continue",
    "trace",
    "verdict",
    "verdict_of_unrelated",
    "witness",
]
