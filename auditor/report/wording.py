"""The report's plain words for what the stages found. They say what derives from what; they accuse nobody.

One place, so that every page explains a band, a relation or a kind of garble in the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.domain import Disposition, GarbleKind, Label, MatchKind, Relation, Severity, SourceKind

NEW = "new"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report: its style's name, what it is called, what it means."""

    key: str
    label: str
    meaning: str


BANDS: dict[str, Term] = {
    MatchKind.VERBATIM: Term(
        "verbatim", "verbatim", "The same words; at most case, spacing or quote style differ."
    ),
    MatchKind.EDITED: Term("edited", "edited", "Mostly the same words in the same order."),
    MatchKind.REWORDED: Term("reworded", "reworded", "A paraphrase: the same statement in other words."),
    MatchKind.QUOTATION: Term("quotation", "quotation only", "Only a quoted statement is shared."),
    NEW: Term("new", "new", "Found in no other text of this collection."),
}

RELATIONS: dict[Relation, Term] = {
    Relation.COPY: Term("copy", "derives from", "Most probably taken from this text."),
    Relation.COMMON_SOURCE: Term(
        "common",
        "common source with",
        "Both texts come from something that isn't held here; the one named is only the nearest relative.",
    ),
    Relation.UNDECIDED: Term(
        "undecided", "related to", "The two share this passage, but nothing tells which of them had it first."
    ),
}

KINDS: dict[GarbleKind, Term] = {
    GarbleKind.NUMBER: Term("number", "number", "A figure, amount, date or its hedge differs."),
    GarbleKind.NEGATION: Term("negation", "negation", "A “not”, “no” or “denied” appeared or went."),
    GarbleKind.ENTITY: Term("entity", "name", "The name of a person, place or body differs."),
    GarbleKind.QUOTE: Term("quote", "quotation", "Words inside quotation marks differ, or the marks went."),
    GarbleKind.ATTRIBUTION: Term(
        "attribution", "attribution", "Who said it, or the credit, is gone or another."
    ),
    GarbleKind.TRUNCATION: Term(
        "truncation", "cut off", "A sentence, quotation or qualifying clause is cut off."
    ),
    GarbleKind.SPLICE: Term(
        "splice", "splice", "Text of other origin runs in, or “he” or “this” now points elsewhere."
    ),
    GarbleKind.SUBSTITUTION: Term("substitution", "word swap", "Words replaced by near-synonyms."),
    GarbleKind.ENCODING: Term("encoding", "encoding", "Characters are broken, lost or doubled."),
    GarbleKind.WHITESPACE: Term("whitespace", "spacing", "Space or line breaks lost or added."),
    GarbleKind.BOILERPLATE: Term(
        "boilerplate", "page furniture", "Furniture of the page stands inside the text."
    ),
    GarbleKind.DUPLICATION: Term("duplication", "repeated block", "A block of the text stands twice."),
    GarbleKind.REORDERING: Term("reordering", "reordered", "Sentences or paragraphs in another order."),
    GarbleKind.SPELLING: Term(
        "spelling", "spelling", "House style or local spelling: a change, not a damage."
    ),
}

SEVERITIES: dict[Severity, Term] = {
    Severity.HIGH: Term("high", "high", "Can change what a reader believes."),
    Severity.MEDIUM: Term("medium", "medium", "Can mislead, or breaks the text."),
    Severity.LOW: Term("low", "low", "Only visible."),
}
RANK: dict[Severity, int] = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}

LABELS: dict[Label, str] = {
    Label.WHOLLY: "wholly derived",
    Label.PARTIALLY: "partly derived",
    Label.NON: "nothing derived",
}
MOSTLY_OWN = "mostly its own text"

SOURCE_KINDS: dict[SourceKind, str] = {
    SourceKind.WIRE: "wire",
    SourceKind.PUBLISHER: "publisher",
    SourceKind.AGGREGATOR: "aggregator",
    SourceKind.UNKNOWN: "kind not known",
}

DISPOSITIONS: dict[Disposition, Term] = {
    Disposition.STORED: Term("stored", "stored", "Read and examined."),
    Disposition.DUPLICATE: Term("duplicate", "duplicates", "The same article was held already."),
    Disposition.REJECTED: Term("rejected", "rejected", "Can't be read, or isn't what it claims to be."),
    Disposition.FAILED: Term("failed", "failed", "Didn't work this time; to be tried again."),
}

# How each figure is calculated, as the pages and the method say it
HOW_STORIES = (
    "Articles tied together by derivations are one story, however many copies it has. A story is new when "
    "all its articles came with the last run."
)
HOW_PICKUPS = (
    "Articles with at least one passage from another source's article or from a credited origin. Copies "
    "count here, stories don't; a source's later version of its own text doesn't either."
)
HOW_FIRST_PICKUP = "From the earliest original to the earliest text that took from it."
HOW_PACE = (
    "Half of the stories were first taken up sooner. Only stories whose original and first pickup both have "
    "a known time of day count."
)
HOW_CREDIT = "Pickups that still name every source their passages go back to; photo credits don't count."
HOW_GRAVE = "Distinct changes of high severity, each counted once, in the article where it entered."
HOW_PASSED = "How often a grave change stands in a text that only inherited it."
HOW_DERIVED = (
    "The mean share of the body text that derives from other texts, over the pickups. A quotation that "
    "others have too, or a rewording of something that isn't held, doesn't count as derived."
)
HOW_DELAY = "From the earliest parent to the pickup; only where both times of day are known."
HOW_UNEXAMINED = "Inputs of the last run that were rejected or failed; each is named below with its reason."

HOW_NEW_STORIES = "Stories none of whose articles was in any story when changes were last told."
HOW_NEW_PICKUPS = "Articles of which something is now known to derive from others, and wasn't before."
HOW_NEW_GARBLES = (
    "Changes not known before, each in the article where it first appears; inherited ones don't count."
)
HOW_REPARENTED = "Articles whose text is now thought to come from other articles than before."
HOW_STALE = (
    "Copies that still carry what their source has since corrected or withdrawn. How long is the time from "
    "the correction to when the copy was last seen."
)

HOW_STALE_COPIES = (
    "Texts that carry a passage which its source has since corrected or withdrawn. The hours are those from "
    "the correction to when the text was last seen."
)

UNTITLED = "Untitled text"
REMOVED_TITLE = "A text that was removed"
NO_SOURCE = "source unknown"


def removed_words(length: int) -> str:
    """What stands for so many code points of a text that is no longer held."""
    return f"[{length} {'character' if length == 1 else 'characters'} removed]"


def confidence_in_words(confidence: float) -> str:
    """A calibrated probability as a reader would say it."""
    if confidence >= 0.95:
        return "very likely"
    if confidence >= 0.8:
        return "likely"
    if confidence >= 0.6:
        return "more likely than not"
    return "uncertain"
