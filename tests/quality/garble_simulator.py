"""Known damage done to clean texts: what was changed, where, and of which kind; and harmless edits beside it.

A sentence takes at most one edit, so that each damage stands alone. The word lists here are not those of the
detectors. Nothing of the texts is kept.
"""

# ruff: noqa: PERF401  (a list of options that grows kind by kind reads better than one expression)

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HARMLESS = "harmless"


@dataclass(frozen=True)
class Edit:
    """Replace ``[start, end)`` of the clean text by ``new``; ``kind`` is a garble's or HARMLESS."""

    start: int
    end: int
    new: str
    kind: str


@dataclass(frozen=True)
class Damage:
    """A damage in the damaged text's offsets."""

    kind: str
    start: int
    end: int
    before: str
    after: str


Maker = Callable[[str, int, int, random.Random, "World"], Edit | None]


@dataclass(frozen=True)
class World:
    """What damages draw on: names of the text itself, names and sentences of others."""

    names: Sequence[str]
    other_names: Sequence[str]
    other_sentences: Sequence[str]


def _pairs(text: str) -> dict[str, str]:
    return {one: other for one, _, other in (pair.partition("=") for pair in text.split())}


SYNONYMS = _pairs("""
    large=sizeable big=hefty quick=speedy help=aid buy=purchase begin=commence began=commenced
    show=display showed=displayed end=conclude ended=concluded money=cash house=dwelling children=kids
    woman=lady city=metropolis country=nation leader=chief leaders=chiefs attack=assault
    attacks=assaults important=crucial problem=trouble problems=troubles plan=scheme plans=schemes
    deal=pact group=outfit decision=ruling law=statute war=warfare fight=battle major=main
    report=account early=initial change=shift strong=robust weak=feeble support=backing rich=wealthy
    poor=needy work=labor job=post jobs=posts victory=triumph people=folks vote=ballot rule=regulation
    car=automobile town=township road=route hard=tough meeting=gathering growth=expansion prices=costs
    workers=employees production=output earnings=profits drop=decline rise=climb
""")
BRITISH = _pairs("""
    defense=defence center=centre program=programme color=colour labor=labour favor=favour
    organization=organisation organize=organise realize=realise recognize=recognise theater=theatre
    percent=per_cent neighbor=neighbour honor=honour traveled=travelled canceled=cancelled
    analyze=analyse behavior=behaviour rumor=rumour harbor=harbour gray=grey license=licence
    criticized=criticised apologized=apologised programs=programmes toward=towards
""")
LITTER = (
    "Advertisement",
    "ADVERTISEMENT",
    "Share this article",
    "Read more",
    "Story continues below advertisement",
    "Sign up for our newsletter",
    "Related articles",
    "Click here to subscribe",
    "Tweet",
    "Print",
)
_SPEAKING = (
    r"\b(?:said|says|saying|told|tells|added|adds|according|state[sd]|report(?:s|ed)|continue[sd]|asked|note[sd]|"
    r"wrote|writes|explain(?:s|ed)|argue[sd]|warn(?:s|ed)|insist(?:s|ed)|claim(?:s|ed)|call(?:s|ed))\b|[\"“”]"
)
_TURNING = frozenset(
    (
        "not",
        "no",
        "never",
        "nothing",
        "none",
        "nobody",
        "neither",
        "nor",
        "without",
        "hardly",
        "one",
        "two",
        "first",
    )
)
_AUX = r"\b(?:is|was|are|were|will|would|could|should|has|have|had|did|does|can|may|might|must)\b"


def number(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Another figure, magnitude, hedge or weekday."""
    options: list[Edit] = []
    for hit in re.finditer(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/-])", text[start:end]):
        digits = hit[0].rstrip(",")
        a = start + hit.start()
        options.append(Edit(a, a + len(digits), _other_figure(digits, rng), "number"))
    for pattern, new in (
        (r"\bmillion\b", "billion"),
        (r"\bbillion\b", "million"),
        (r"\b(?:nearly|almost|about|more than|at least|up to|around) (?=\$?\d)", ""),
        (r"(?<=\d )percent\b", "percentage points"),
        (r"\bMonday\b", "Thursday"),
        (r"\bTuesday\b", "Saturday"),
        (r"\bFriday\b", "Sunday"),
    ):
        for hit in re.finditer(pattern, text[start:end]):
            options.append(Edit(start + hit.start(), start + hit.end(), new, "number"))
    return rng.choice(options) if options else None


def _other_figure(digits: str, rng: random.Random) -> str:
    place = rng.choice([at for at, char in enumerate(digits) if char.isdigit()])
    new = rng.choice([char for char in "123456789" if char != digits[place]])
    return digits[:place] + new + digits[place + 1 :]


def negation(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """A "not" that comes or goes."""
    gone = list(re.finditer(rf"(?<=\w)( not| never)\b(?! only)|(?<={'did'})n't\b", text[start:end]))
    if gone:
        hit = rng.choice(gone)
        return Edit(start + hit.start(), start + hit.end(), "", "negation")
    come = [
        hit
        for hit in re.finditer(_AUX, text[start:end])
        if not re.match(r" not| just| only| merely| least", text[start + hit.end() : end])
    ]
    if not come:
        return None
    hit = rng.choice(come)
    return Edit(start + hit.end(), start + hit.end(), " not", "negation")


def entity(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Another name, or a misspelt one."""
    places = [
        hit
        for name in set(world.names)
        for hit in re.finditer(rf"(?<!^)\b{re.escape(name)}\b", text[start:end])
        if not _near_speech(text, start + hit.start(), start + hit.end())
    ]
    if not places:
        return None
    hit = rng.choice(sorted(places, key=lambda one: one.span()))
    last = hit[0].split()[-1]
    if rng.random() < 0.4 and len(last) > 4:
        at = start + hit.end() - len(last) + rng.randrange(1, len(last) - 1)
        return Edit(
            start + hit.end() - len(last),
            start + hit.end(),
            text[start + hit.end() - len(last) : at] + text[at + 1 : start + hit.end()],
            "entity",
        )
    others = [name for name in world.other_names if name.split()[-1] not in text]
    return Edit(start + hit.start(), start + hit.end(), rng.choice(others), "entity") if others else None


def _near_speech(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 30) : start] + text[end : end + 60]
    return bool(re.search(_SPEAKING, around)) or text[end : end + 1] == ":"


def quote(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Words out of a quotation, into it, or its marks gone."""
    hits = [
        hit
        for hit in re.finditer(r"[\"“]([^\"“”\n]{25,400})[\"”]", text)
        if start <= hit.start() and hit.end() <= end
    ]
    if not hits:
        return None
    hit = rng.choice(hits)
    words = list(re.finditer(r"(?<!['’\w])[a-z]+\b(?!['’])", hit[1]))[1:-1]
    words = [word for word in words if word[0] not in _TURNING]
    if not words:
        return None
    kind = rng.random()
    word = rng.choice(words)
    at = hit.start(1) + word.start()
    if kind < 0.45:
        return Edit(at, hit.start(1) + word.end() + 1, "", "quote")
    if kind < 0.8:
        return Edit(at, at, rng.choice(("really", "simply", "now", "truly")) + " ", "quote")
    return Edit(hit.start(), hit.end(), hit[1], "quote")


def attribution(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Another speaker, another verb of saying, or no attribution."""
    options: list[Edit] = []
    for hit in re.finditer(r"\b(?:said|told)\b", text[start:end]):
        if hit[0] == "said" and not quoted(text, start + hit.start()):
            options.append(
                Edit(
                    start + hit.start(),
                    start + hit.end(),
                    rng.choice(("claimed", "admitted", "confirmed")),
                    "attribution",
                )
            )
    for hit in re.finditer(
        r", (?:he|she|officials|police|[A-Z]\w+(?: [A-Z]\w+)?) said(?=\.)", text[start:end]
    ):
        if not re.search(r"[\"”]$", text[start : start + hit.start()]):
            options.append(Edit(start + hit.start(), start + hit.end(), "", "attribution"))
    for hit in re.finditer(r", according to [^,.\n]{5,50}(?=[,.])", text[start:end]):
        options.append(Edit(start + hit.start(), start + hit.end(), "", "attribution"))
    others = [name for name in world.other_names if name.split()[-1] not in text]
    for hit in re.finditer(r"\b[A-Z]\w+ [A-Z]\w+(?= said\b)", text[start:end]):
        if hit[0] in world.names and others:
            options.append(Edit(start + hit.start(), start + hit.end(), rng.choice(others), "attribution"))
    return rng.choice(options) if options else None


def truncation(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """A clause that limits the statement is gone."""
    pattern = r",? (?:although|though|unless|if|because|while|which|who|but) [^.\"“”\n]{15,120}(?=\.[\s]|\.$)"
    hits = list(re.finditer(pattern, text[start:end]))
    hits = [hit for hit in hits if not quoted(text, start + hit.start())]
    hits = [
        hit for hit in hits if hit.start() > 0.35 * (end - start) and not re.search(r"\bnot\b|n't", hit[0])
    ]
    if not hits:
        return None
    return Edit(start + hits[0].start(), start + hits[0].end(), "", "truncation")


def splice(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """A foreign sentence that runs into this one."""
    spaces = [hit.start() for hit in re.finditer(r"(?<=[a-z]) (?=[a-z])", text[start:end])]
    if len(spaces) < 10:
        return None
    at = start + rng.choice(spaces[3:-3])
    foreign = [sentence for sentence in world.other_sentences if sentence[:30] not in text]
    return Edit(at, at, " " + rng.choice(foreign), "splice")


def substitution(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """A word replaced by a near-synonym."""
    hits = [hit for hit in re.finditer(r"\b[a-z]+\b", text[start:end]) if hit[0] in SYNONYMS]
    hits = [hit for hit in hits if not quoted(text, start + hit.start())]
    if not hits:
        return None
    hit = rng.choice(hits)
    return Edit(start + hit.start(), start + hit.end(), SYNONYMS[hit[0]], "substitution")


def quoted(text: str, at: int) -> bool:
    breaks = [hit.end() for hit in re.finditer(r"\n\s*\n|\n {3,}", text[:at])]
    paragraph = text[breaks[-1] if breaks else 0 : at]
    return paragraph.count('"') % 2 == 1 or paragraph.count("“") > paragraph.count("”")


def encoding(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Mojibake, a raw entity, a lost or doubled letter."""
    marks = {"'": "â€™", "’": "â€™", "—": "â€”", "“": "â€œ", "&": "&amp;"}
    hits = list(re.finditer(r"[’'—&]", text[start:end]))
    if hits and rng.random() < 0.5:
        hit = rng.choice(hits)
        return Edit(start + hit.start(), start + hit.end(), marks[hit[0]], "encoding")
    words = list(re.finditer(r"(?<![\w'’-])[a-z]{7,}(?![\w'’-])", text[start:end]))
    if not words:
        return None
    hit = rng.choice(words)
    at = rng.randrange(2, len(hit[0]) - 2)
    word = hit[0]
    new = word[:at] + word[at + 1 :] if rng.random() < 0.5 else word[:at] + word[at] + word[at:]
    return Edit(start + hit.start(), start + hit.end(), new, "encoding") if new != word else None


def whitespace(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """Two words joined, one parted, a line broken."""
    spaces = [start + hit.start() for hit in re.finditer(r"(?<=[a-z]{2}) (?=[a-z]{2})", text[start:end])]
    words = list(re.finditer(r"\b[a-z]{7,}\b", text[start:end]))
    if not spaces or not words:
        return None
    kind, at = rng.random(), rng.choice(spaces)
    if kind < 0.4:
        return Edit(at, at + 1, "", "whitespace")
    if kind < 0.6:
        return Edit(at, at + 1, "\n", "whitespace")
    if kind < 0.75:
        return Edit(at, at + 1, "   ", "whitespace")
    word = rng.choice(words)
    cut = start + word.start() + rng.randrange(2, len(word[0]) - 2)
    return Edit(cut, cut, " ", "whitespace")


def spelling(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """British for American."""
    hits = [hit for hit in re.finditer(r"\b[a-z]+\b", text[start:end]) if hit[0] in BRITISH]
    if not hits:
        return None
    hit = rng.choice(hits)
    return Edit(start + hit.start(), start + hit.end(), BRITISH[hit[0]].replace("_", " "), "spelling")


def boilerplate(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """A line of furniture before this sentence's paragraph."""
    if start and text[start - 1] != "\n":
        return None
    return Edit(start, start, rng.choice(LITTER) + "\n\n", "boilerplate")


def duplication(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """The sentence once more."""
    if len(text[start:end].split()) < 9:
        return None
    return Edit(end, end, " " + text[start:end], "duplication")


def harmless(text: str, start: int, end: int, rng: random.Random, world: World) -> Edit | None:
    """What an editor may do: a sentence left out, an adverb, a mark's style, a contraction."""
    kind = rng.randrange(5)
    if kind == 0:
        if quoted(text, start):
            return None  # words inside the marks would be gone
        return Edit(start, min(len(text), end + 1), "", HARMLESS)
    patterns = (
        (r"\b(?:also|still|later|quickly|recently|already|then) ", ""),
        (r"\bthat (?=the|he|she|it|they)", ""),
        (r"\bdid not\b|\bdo not\b", None),
        (r" on (?:Monday|Tuesday|Wednesday|Thursday|Friday)\b", ""),
    )
    pattern, new = patterns[kind - 1]
    hits = [hit for hit in re.finditer(pattern, text[start:end]) if not quoted(text, start + hit.start())]
    if not hits:
        return None
    hit = rng.choice(hits)
    return Edit(
        start + hit.start(), start + hit.end(), new if new is not None else hit[0][:-4] + "n't", HARMLESS
    )


MAKERS: dict[str, Maker] = {
    "number": number,
    "negation": negation,
    "entity": entity,
    "quote": quote,
    "attribution": attribution,
    "truncation": truncation,
    "splice": splice,
    "substitution": substitution,
    "encoding": encoding,
    "whitespace": whitespace,
    "spelling": spelling,
    "boilerplate": boilerplate,
    "duplication": duplication,
    HARMLESS: harmless,
}


def damaged(
    text: str, sentences: Sequence[tuple[int, int]], world: World, rng: random.Random, share: float = 0.25
) -> tuple[str, list[Damage]]:
    """The text with about ``share`` of its sentences edited, and what was done to it."""
    edits = drawn(text, sentences, world, rng, share)
    moved = _move(text, sentences, edits, rng) if rng.random() < 0.3 else None
    return _applied(text, edits, moved)


def drawn(
    text: str, sentences: Sequence[tuple[int, int]], world: World, rng: random.Random, share: float
) -> list[Edit]:
    """Edits of about ``share`` of the sentences, one each; kinds that few sentences allow come more often."""
    edits: list[Edit] = []
    rare = ("spelling", "quote", "truncation", "attribution", "entity", "number")
    for start, end in sentences:
        if rng.random() > share or end - start < 40:
            continue
        kinds = [*rng.sample(rare, len(rare)), *rng.sample(list(MAKERS), len(MAKERS))]
        if rng.random() < 0.5:
            kinds = rng.sample(list(MAKERS), len(MAKERS))
        for kind in kinds:
            edit = MAKERS[kind](text, start, end, rng, world)
            if edit:
                edits.append(edit)
                break
    return edits


def _move(
    text: str, sentences: Sequence[tuple[int, int]], edits: Sequence[Edit], rng: random.Random
) -> tuple[Edit, Edit] | None:
    free = [
        (start, end)
        for start, end in sentences
        if end - start > 80
        and text[end : end + 1] == "\n"
        and (start == 0 or text[start - 1] == "\n")
        and not any(edit.start <= end + 1 and start <= edit.end for edit in edits)
    ]
    if len(free) < 6:
        return None
    one = rng.randrange(len(free) - 4)
    (start, end), (target, _) = free[one], free[one + 4]
    return Edit(start, end + 1, "", "reordering"), Edit(
        target, target, text[start:end] + "\n\n", "reordering"
    )


def _applied(text: str, edits: Sequence[Edit], moved: tuple[Edit, Edit] | None) -> tuple[str, list[Damage]]:
    """Do the edits from left to right and note where each of them lies in the result."""
    pieces: list[str] = []
    damages: list[Damage] = []
    done = length = 0
    for edit in sorted([*edits, *(moved or ())], key=lambda one: (one.start, one.end)):
        if edit.start < done:
            continue
        pieces += [text[done : edit.start], edit.new]
        length += edit.start - done
        deletes_moved = moved is not None and edit is moved[0]
        if edit.kind != HARMLESS and not deletes_moved:
            damages.append(
                Damage(edit.kind, length, length + len(edit.new), text[edit.start : edit.end], edit.new)
            )
        length += len(edit.new)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), damages
