"""Every number that lineage decides by, in one place, each with where it came from.

Weights are nats of log odds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignWeights:
    """Nats for a unit of each sign of order (see ``signs``)."""

    litter: float
    doubled: float
    contained: float
    share: float
    opens: float
    closes: float
    gaps: float
    start: float
    end: float
    answers: float
    expanded: float
    spelled_out: float
    misprint: float
    elision: float
    damage: float
    next_day: float
    # Looked at in letters alone.
    replies: float = 0.0
    prose_after: float = 0.0
    says_whose: float = 0.0
    left_out: float = 0.0
    names_author: float = 0.0
    asks: float = 0.0


# News. Fitted by logistic regression (L2 3.0) on the copies of simulated worlds 3 and 4 without times, and
# drawn half-way to nought where the simulator may know too much (opens, expanded); litter, doubled,
# spelled_out, elision, damage and next_day are too rare there and stand as judged.
REPORTS = SignWeights(
    litter=0.2,
    doubled=0.2,
    contained=0.3,
    share=1.0,
    opens=2.0,
    closes=1.0,
    gaps=0.5,
    start=1.0,
    end=1.0,
    answers=0.3,
    expanded=1.5,
    spelled_out=2.5,
    misprint=1.7,
    elision=2.0,
    damage=0.5,
    next_day=1.5,
)
# Letters and forum posts, which quote what they answer. Fitted in the same way on the 3,359 true parents of
# the Usenet dev half without times; what is too rare there stands as judged.
LETTERS = SignWeights(
    litter=0.0,
    doubled=0.0,
    contained=-2.7,
    share=-0.5,
    opens=0.0,
    closes=1.7,
    gaps=-0.85,
    start=4.0,
    end=-2.1,
    answers=0.5,
    expanded=0.5,
    spelled_out=1.0,
    misprint=1.0,
    elision=0.0,
    damage=0.5,
    next_day=1.0,
    replies=1.1,
    prose_after=2.7,
    says_whose=2.4,
    left_out=1.9,
    names_author=1.75,
    asks=-1.35,
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curves from scores to confidence (see ``confidence``).

    ``choice``: constant and a nat of the odds of the choice, ``unrivalled`` in their place where no other
    relative has any of the passage; ``relation``: constant, a nat of order, of copy. Fitted by maximum
    likelihood on the copy rows of worlds 5 of both simulators (100 and 80 stories) with exact, day-only and
    missing times, each as much as the others, right where the parent is the true immediate one.
    ``common`` scales the odds of a common source, as judged.
    """

    choice: tuple[float, float] = (-0.61, 1.07)
    unrivalled: float = 5.0
    relation: tuple[float, float, float] = (-3.67, 0.5, 2.29)
    common: float = 0.5


@dataclass(frozen=True, slots=True)
class Parameters:
    """How lineage weighs what it sees."""

    # Which of two articles came first.
    sure_time: float = 7.0
    near_time: float = 3.0
    # From here on the texts aren't asked for the order: what is known of times decides.
    sure_order: float = 6.5
    revises: float = 9.0
    wire_first: float = 2.0
    credits_other: float = 3.5
    # Text signs of the order, in two genres; from this share of talking words on a text is a letter, and so
    # are two below it if the authors of both give a mail address.
    reports: SignWeights = REPORTS
    letters: SignWeights = LETTERS
    talk: float = 0.012
    # A nat of the odds by which the parts of the tree hold the first text (``variants``); at 1.0 .0035 fewer
    # parents without times on two simulators' worlds and no more roots without a parent than it costs links.
    # In letters .7 for 1.5 gives .002 more parents without times on Usenet's dev half.
    stands_alone: float = 1.5
    stands_alone_of_letters: float = 0.7
    # Copy or common source.
    copy_prior: float = 2.0
    both_credit: float = 2.5
    alone_credits: float = 4.0
    stand_apart: float = 1.5
    at_once: float = 4.0
    siblings_read: int = 6
    only_quotations: float = 5.0
    # What two reports of one thing have in common by chance: few words in one passage or two that are less
    # alike than this and a small part of the article, or a phrase. Chosen on the independents of world 21.
    few_passages: int = 2
    few_words: int = 24
    single_alike: float = 0.95
    small_part: float = 0.25
    phrase: int = 15
    phrase_part: float = 0.1
    only_a_sentence: float = 4.0
    # Two reports of one thing (see ``independent``): where fewer words than these run on alike outside all
    # quotations, and more are asked for the more words read otherwise. Chosen on real pairs of two publishers
    # (AllSides) and on copies of world 11, of which 3 of 881 stay below. A wire's report may still be the
    # source: the odds are then left in the band where nothing is decided.
    own_run: float = 8.0
    own_run_changed: float = 10.0
    shared_part: float = 0.35
    mostly_changed: float = 0.75
    own_of_statements: float = 0.4
    told_apart: float = 4.0
    told_apart_wire: float = 1.9
    sure_copy: float = 0.25
    # Best source along the text, a token.
    same_word: float = 2.5
    other_word: float = 1.5
    omission: float = 1.0
    undone: float = 4.0
    # A passage of a relative that is left out here as another left it out: of 1 to 7 nats 2 to 3 are best on
    # four worlds of two simulators; in letters, which quote at the same places by themselves, 1. What is cut
    # tells of the order only where this many words or ``shared_part`` of the article are shared: around a few
    # words of two reports there is always more.
    shared_cut: float = 2.0
    shared_cut_of_letters: float = 1.0
    much: int = 40
    style_undone: float = 2.5
    style_new: float = 0.7
    another_parent: float = 5.0
    headline: float = 1.5
    headline_change: float = 0.3
    names_parent: float = 4.0
    credit_unknown: float = 2.5
    credit_line: float = 1.0
    wire_parent: float = 1.0
    first_parent: float = 1.0
    order_slope: float = 0.1
    # A word or two more at the edge of a match may be chance: such short units count by this factor.
    shortest_unit: int = 4
    by_chance: float = 0.1
    switch: float = 4.0
    calibration: Calibration = Calibration()
    # Below this the order isn't decided, in nats.
    decided: float = 0.9
    # A parent whose times say this clearly that it is later is none.
    excluded: float = -5.0
    # Shares of the body from which an article is partially derived: of what was surely taken (from .03 to .15
    # METER's labels are the same within .006), and with what is undecided or retold: best F1 of two and three
    # labels on METER dev; at .14 twice as many independent reports of AllSides would be called derived.
    partially: float = 0.05
    partially_retold: float = 0.25
    # Least share of the body of a wholly derived article, and most characters of its own for each root of the
    # body's: 250 of 1,000, 440 of 3,000. Chosen in folds by day on METER dev, where it tells the wholly
    # derived from the others at AUC .947 and the share alone at .901.
    wholly: float = 0.5
    own_by_root: float = 8.0
    # Unmatched words in a row within a passage at which a row is split in two.
    split_at: int = 6
    # Shortest row, in words that the parent shares.
    shortest: int = 3
    # Confidence of a retold passage, as a factor of what counts of it, where the article copied from the same
    # report or credits it: what counts is how often METER's journalists marked such a sentence (.29 of
    # those that count .3, .45 of .45, .74 of .7). Where nothing else ties the two: half of it, as judged.
    retold: float = 0.9
    retold_alone: float = 0.45
    # Least share of a retold sentence where nothing else ties the two; beside a copy or a credit all count
    # that matching gives. If they did everywhere, METER's verbatim recall would be .954 instead of .909, but
    # more than half instead of a quarter of what AllSides' independent reports tell would be marked.
    retold_least: float = 0.33
    # Nats against all that an article retells, for words that it quotes and figures that it gives which no
    # report has, as shares of its words.
    own_quotations: float = 4.0
    own_figures: float = 20.0


DEFAULTS = Parameters()
