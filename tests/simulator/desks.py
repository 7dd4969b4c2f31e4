"""What the desks of the other simulated world do to a sentence, and the desks: see ``pressroom``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from auditor.domain import Source, SourceKind
from tests.simulator.changes import curly
from tests.simulator.sites import Site

Edit = Callable[[str, random.Random], str]


def _shorten(text: str, _: random.Random) -> str:
    """A title before a name goes."""
    return re.sub(
        r"\b(?:President|Senator|Sen\.|Rep\.|Gov\.|Secretary of State) (?:[A-Z][a-z]+ )?(?=[A-Z])",
        "",
        text,
        count=1,
    )


def _contract(text: str, dice: random.Random) -> str:
    pairs = (
        ("did not", "didn't"),
        ("does not", "doesn't"),
        ("is not", "isn't"),
        ("was not", "wasn't"),
        ("would not", "wouldn't"),
    )
    for long, short in pairs:
        text = text.replace(short, long) if dice.random() < 0.5 else text.replace(long, short)
    return text


def _round(text: str, _: random.Random) -> str:
    return re.sub(r"\b(\d{1,3}),(\d)\d\d\b", r"about \1,\g<2>00", text, count=1)


def _drop_adverb(text: str, _: random.Random) -> str:
    return re.sub(r" \b[a-z]{4,}ly\b", "", text, count=1)


def _drop_insertion(text: str, _: random.Random) -> str:
    cut = re.sub(r", (?:who|which|where|a|an|the) [^,.\"“”]{8,80},", "", text, count=1)
    return cut if cut != text else re.sub(r" \([^)]{2,60}\)", "", text, count=1)


def _drop_speaker(text: str, _: random.Random) -> str:
    return re.sub(r"(?<=[a-z]), (?:he|she|they|[A-Z]\w+) said\.$", ".", text)


def _drop_day(text: str, dice: random.Random) -> str:
    days = r" (?:on )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    return re.sub(days, dice.choice(("", " yesterday", " this week")), text, count=1)


def _split(text: str, _: random.Random) -> str:
    found = re.search(r", (?:and|but) (?=[a-z]+ [a-z]+)", text)
    if found is None or found.start() < 30:
        return text
    rest = text[found.end() :]
    return f"{text[: found.start()]}. {rest[0].upper()}{rest[1:]}"


def _other_word(text: str, dice: random.Random) -> str:
    hits = [hit for hit in re.finditer(r"[a-z]+", text) if hit[0] in _WORDS_FOR]
    if not hits:
        return _trim(text, dice)
    hit = dice.choice(hits)
    return text[: hit.start()] + dice.choice(_WORDS_FOR[hit[0]]) + text[hit.end() :]


def _trim(text: str, dice: random.Random) -> str:
    """Some words in the middle go."""
    words = text.split(" ")
    if len(words) < 10:
        return text
    at = dice.randrange(3, len(words) - 4)
    return " ".join(words[:at] + words[at + dice.randint(1, 4) :])


def _slip(text: str, dice: random.Random) -> str:
    """Two letters change places."""
    hits = list(re.finditer(r"[a-z]{6,}", text))
    if not hits:
        return text
    at = dice.choice(hits).start() + dice.randint(1, 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


_WORDS_FOR = {
    "said": ("told reporters", "argued", "insisted", "wrote"),
    "president": ("commander in chief", "leader"),
    "people": ("residents", "men and women", "citizens"),
    "lawmakers": ("legislators", "members of Congress"),
    "bill": ("measure", "legislation", "proposal"),
    "plan": ("proposal", "scheme", "effort"),
    "many": ("numerous", "plenty of"),
    "while": ("as", "even as"),
    "because": ("as", "given that"),
    "could": ("might", "may"),
    "before": ("ahead of", "prior to"),
    "against": ("over", "opposing"),
    "campaign": ("bid", "effort"),
    "group": ("organization", "body"),
    "including": ("among them", "such as"),
    "called": ("described", "termed", "dubbed"),
    "support": ("backing", "help"),
    "vote": ("ballot", "decision"),
    "law": ("statute", "act"),
    "most": ("the bulk of", "a majority of"),
}
_EDITS: tuple[tuple[Edit, float], ...] = (
    (_shorten, 0.1),
    (_contract, 0.05),
    (_round, 0.05),
    (_drop_adverb, 0.1),
    (_drop_insertion, 0.15),
    (_drop_speaker, 0.05),
    (_drop_day, 0.1),
    (_split, 0.08),
    (_other_word, 0.2),
    (_trim, 0.1),
    (_slip, 0.02),
)


def edited(text: str, dice: random.Random) -> str:
    """One change that does change something, or the text as it is after three tries."""
    edits, weights = zip(*_EDITS, strict=True)
    for edit in dice.choices(edits, weights, k=3):
        changed: str = edit(text, dice)
        if changed != text:
            return changed
    return text


def _numbers(text: str, _: random.Random) -> str:
    for figure, word in (("10", "ten"), ("11", "eleven"), ("12", "twelve")):
        text = re.sub(rf"(?<![\d.,$]){figure}(?![\d.,%])", word, text)
    return text


def _united_states(text: str, _: random.Random) -> str:
    return text.replace("U.S.", "US").replace("U.N.", "UN").replace(" percent", " per cent")


def make_desks(dice: random.Random) -> list[Site]:
    """Forty sites, most of them with little style of their own."""
    desks = []
    for number in range(40):
        styles = ((_united_states, 0.25), (_numbers, 0.1), (curly, 0.35))
        name = f"Desk {number:02d} Online"
        desks.append(
            Site(
                Source(f"desk-{number:02d}", name, SourceKind.PUBLISHER),
                tuple(style for style, chance in styles if dice.random() < chance),
                keeps_credit=dice.choice((0.05, 0.3, 0.6, 0.95)),
                edits=dice.choice((0.02, 0.08, 0.2, 0.4)),
                least=0,
                litters=dice.random() < 0.2,
            )
        )
    return desks
