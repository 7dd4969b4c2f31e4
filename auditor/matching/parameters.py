"""The numbers of the matching stage, in one place, each with its reason.

One set serves every kind of text; the figures that chose them stand in docs/measurements.md. Lengths are
in tokens where not said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """What counts as shared text."""

    seed: int = 4
    """Tokens of an exact run that can begin a match: three-word phrases recur by chance in any two texts."""

    copy_gap: int = 10
    """Tokens that may be new between two exact runs of one copied passage, on either side."""

    cut_gap: int = 20
    """Tokens that may be missing from one side of a copied passage while the other runs on …"""

    cut_edge: int = 2
    """… with so many new ones in their place: words cut out of a quotation."""

    stray: int = 3
    """Words of a neighbouring sentence that two texts share by chance, at an end of a copied one …"""

    stray_letters: int = 10
    """… if they have no more letters than that: long words don't meet by chance in such a place."""

    ruler_marks: int = 8
    """Marks beside a match, equal in both texts, from which on they are a ruler that was taken along."""

    line_tokens: int = 4
    """Tokens of a whole line that two texts have besides a copied passage, so that it was copied too …"""

    line_letters: int = 24
    """… and letters in them."""

    edge_tokens: int = 12
    """Tokens that may be missing at an end of a match to the end of its sentence …"""

    edge_share: float = 0.5
    """… and how many of them must be equal, in order, for the match to reach there."""

    copy_tokens: int = 8
    """Equal tokens that a copied passage needs: what the fingerprints guarantee to find."""

    copy_mass: int = 44
    """Letters in the equal tokens of a copied passage. Short words are common words in most languages, so
    eight of them ("as it is to be one of the") bear no evidence."""

    copy_plain: int = 20
    """Letters in those of them that aren't capitalised: long names of bodies, addresses and titles recur
    in texts that have nothing to do with each other."""

    character_letters: int = 3
    """Letters that a Chinese, Japanese or Thai character counts for."""

    copy_share: float = 0.5
    """Equal tokens of a copied passage, as a share of its longer side."""

    unit_tokens: int = 3
    """A sentence of fewer tokens is read together with the next (Sánchez-Pérez et al. 2014)."""

    unit_longest: int = 80
    """Tables and lists without full stops are cut after so many tokens."""

    stem: int = 5
    """Letters that decide whether two words are alike as evidence of rewording: a stand-in for stemming."""

    cosine: float = 0.33
    """Least weighted cosine of two sentences that may say the same (Sánchez-Pérez et al. 2014)."""

    dice: float = 0.34
    """Least share of common words of two such sentences (Sánchez-Pérez et al. 2014)."""

    link_cosine: float = 0.2
    """Least cosine of two sentences that tie stronger pairs together, without being evidence themselves …"""

    link_dice: float = 0.2
    """… least share of common words …"""

    link_reach: int = 4
    """… and how many sentences away a stronger pair may stand, on either side."""

    unit_gap: int = 2
    """Sentences that may lie between two pairs of one reworded passage."""

    passage_cosine: float = 0.4
    """Least weighted cosine of two whole reworded passages."""

    reworded_letters: int = 120
    """Shortest reworded passage, in letters of either side."""

    mostly_copied: float = 0.7
    """A reworded passage of which copies make up so much is given up in favour of the copies' exact ends."""

    plain_copy: int = 25
    """Sentences inside a copy of so many equal tokens need no evidence by their wording."""

    plain_share: float = 0.85
    """So much of a sentence copied, word by word, is a copy of the sentence."""

    plain_sentence: int = 12
    """Shortest sentence of which that holds."""

    join_gap: int = 30
    """Tokens between two passages on both sides that leave them one passage: about a sentence …"""

    join_drift: int = 12
    """… replaced by one of about the same length."""

    rest_mass: float = 20.0
    """Weight of common words that a paraphrase must have beside its plainly copied sentences."""

    reworded_mass: float = 50.0
    """Weight (tf-isf, nats) of the words that both sides of a reworded passage have: few common words, or
    only frequent ones, are chance."""

    digest_sentences: int = 2
    """Sentences of a digest that have a partner at all."""

    digest_share: float = 0.5
    """… and as a share of all its sentences."""

    digest_cosine: float = 0.3
    """Least weighted cosine of a digest and the whole text that it sums up."""

    digest_gap: int = 4
    """Sentences without a partner that may stand in a digest, or between partners in one place."""

    digest_cluster: int = 6
    """Sentences of a digest that may have their best partners in one place of the text it sums up."""

    digest_density: float = 4.0
    """The same on average: paraphrases of passages have theirs together."""

    digest_spread: float = 0.25
    """Share of the other text over which the partners of a digest must be scattered."""

    digest_letters: int = 800
    """Longest digest, in letters: an agency brief, a DUC summary of 100 words."""

    digest_least: float = 2.0
    """How many times longer the text that it sums up must be at least …"""

    digest_most: float = 20.0
    """… and may be at most: of a book, anything finds partners everywhere."""

    digest_dense: float = 1.0
    """A passage that covers half a digest and is no longer than so many times its own part there, is a
    paraphrase, and the digest none."""

    digest_copied: float = 0.85
    """A passage of which copies make up so much is better shown as those copies: PAN summaries keep up to
    four fifths of their words, cut copies of news nearly all."""

    gathered_letters: int = 300
    """Shortest place, in letters, whose pieces were taken from all over another text: a digest in pieces."""

    gathered_share: float = 0.6
    """How much of that place the pieces make up …"""

    gathered_alien: float = 4.0
    """… and how many times longer the text is at least in which it stands: it is about something else."""

    formula_longest: int = 50
    """Longest formula: past that, a text with other figures is still somebody's text."""

    formula_tokens: int = 25
    """Equal tokens for each figure that differs, where most do, below which alike sentences are a formula."""

    edited_similarity: float = 0.6
    """Above this token similarity a passage is edited, below it reworded."""

    quoted_share: float = 0.85
    """Least share of the shorter side's words that two copies of one quotation have in common, in order.
    Independent translations of one statement reach about two thirds."""

    quoted_outside: int = 1
    """Equal tokens outside the quotation marks that still leave a match a mere quotation ("said")."""

    quoted_frame: int = 6
    """Tokens around the marks ("Putin said on Friday") that leave a sentence a mere quotation."""

    repeat_tokens: int = 40
    """Shortest block that counts as standing twice in one text."""

    telling_letters: int = 4
    """Letters of a word that tells what a text is about: shorter ones are mostly grammar."""

    story_pairings: int = 5
    """Pairs of telling words that two texts of one story share at least …"""

    story_share: float = 0.05
    """… and as a share of those of the text that may retell the other. On METER dev 97 of 100 pairs of a
    paper's article and a wire item of the day before that reach both are of one story, and 451 of 467
    articles reach both with an item."""

    retold_share: float = 0.24
    """Share of a sentence's letters (mean over words, pairs and triples) that the wire's report must have
    for it to count as retold at all; lineage asks for more where nothing else ties the two."""

    retold_run: int = 3
    """Of a sentence with less a run counts of at least so many words that stand there in held pairs, of four
    letters on average …"""

    retold_gap: int = 2
    """… with at most so many other words between two of them."""

    anchors: int = 6
    """Earliest holders of a fingerprint that every other holder is compared with."""

    wire_anchors: int = 2
    """Earliest wire holders of a fingerprint that every other holder is compared with."""

    rare: int = 2
    """A fingerprint speaks for a pair by itself if both are among so many first holders of it."""

    near: int = 30
    """Tokens within which two shared fingerprints support each other."""

    drift: int = 8
    """How many tokens the distance of two such fingerprints may differ between the texts."""

    strangers: int = 3
    """Articles of one source, strangers to each other, that make a line furniture. Code that looks for them
    looks for three."""

    theme_letters: int = 6
    """Letters of a word that tells what a text is about; shorter ones are mostly common to all texts."""

    strange_words: int = 20
    """Such words that both of two texts need before they can be called strangers."""

    strange_share: float = 0.3
    """Share of the poorer text's telling words that two strangers have in common at most: two articles of one
    site about different things share .20 (of 20, 19 less than .35), what one site repeats about one
    thing from .4 on (AllSides; docs/measurements.md)."""

    most_holders: int = 200
    """Holders of a line among which strangers are looked for, the first by a tie-break of their ids."""

    held_at_once: int = 8_000_000
    """Holders of the new articles' fingerprints kept in memory before they are thinned (41 bytes each)."""

    thinned_to: int = 64
    """Stored holders of one fingerprint that are kept when thinning."""


PARAMETERS = Parameters()
