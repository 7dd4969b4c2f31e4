"""Invented captures for nights that go wrong: wire items and sites that copy them, drawn from a seed.

The same seed gives the same files, whatever befalls the night that reads them. All but the shortest words are
made of syllables, so that only copies are alike: a frame of words that sentences share ("who counted") is
enough to take each article of a night for another's retelling, and makes an audit twelve times as dear.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict, dataclass
from pathlib import Path

SYLLABLES = "ba bre dor fen gal hul kim lor mar nol pra quil ros sten tam ulf ver wex yar zel".split()  # noqa: SIM905
SITES = ("Hollow Herald", "Tarn Ledger", "Pier Courier", "Lantern Weekly", "Upper Tarn Observer")


@dataclass(frozen=True)
class Capture:
    """One article as JSONL has it."""

    id: str
    text: str
    source: str
    published_at: str


def captures(seed: int, night: int, count: int) -> list[Capture]:
    """A night's articles: wire items and copies, some of them of earlier nights' items."""
    dice = random.Random(f"{seed} {night}")
    made: list[Capture] = []
    while len(made) < count:
        of = night if night == 0 or dice.random() < 0.8 else dice.randrange(night)
        number = dice.randrange(count)
        if dice.random() < 0.4:
            made.append(_wire(seed, night, len(made)))
        else:
            made.append(_copy(_wire(seed, of, number), f"n{night}/site-{len(made)}", night, dice))
    return made


def _wire(seed: int, night: int, number: int) -> Capture:
    dice = random.Random(f"{seed} {night} {number} wire")
    text = "TARN HOLLOW (AP) — " + " ".join(
        [_sentence(dice), _saying(dice), *(_sentence(dice) for _ in range(dice.randint(4, 13)))]
    )
    return Capture(f"n{night}/wire-{number}", text, "AP", _time(night, dice.randrange(0, 480)))


def _sentence(dice: random.Random) -> str:
    words = [_word(dice) for _ in range(8)]
    name, place = _word(dice).title(), _word(dice).title()
    return (
        f"The {words[0]} {words[1]} of {place} {words[2]} the {words[3]} by {words[4]} and {name}, "
        f"who {words[5]} {dice.randint(2, 9000)} {words[6]}s and a {words[7]}."
    )


def _saying(dice: random.Random) -> str:
    return f'"The {_word(dice)} is {_word(dice)} of the {_word(dice)}," said {_word(dice).title()}.'


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 4)))


def _copy(wire: Capture, name: str, night: int, dice: random.Random) -> Capture:
    sentences = wire.text.split(" — ", 1)[1].split(". ")
    text = ". ".join([each for each in sentences if dice.random() < 0.85] or sentences)
    if dice.random() < 0.4:
        text = re.sub(r"who \w+ (\d+)", lambda found: f"who saw {int(found[1]) + 90}", text, count=1)
        text = text.replace("said", "told us", 1)
    if dice.random() < 0.3:
        text = f"{_sentence(dice)} {text}"
    return Capture(name, text, dice.choice(SITES), _time(night, dice.randrange(500, 1400)))


def _time(night: int, minute: int) -> str:
    return f"2026-{1 + night // 28:02}-{1 + night % 28:02}T{minute // 60:02}:{minute % 60:02}:00Z"


def deliver(inbox: Path, seed: int, night: int, count: int) -> None:
    """Put a night's captures into the inbox: half of them lines of one file, the others in files of five."""
    made = captures(seed, night, count)
    folder = inbox / f"night-{night}"
    folder.mkdir(parents=True, exist_ok=True)
    half = len(made) // 2
    _put(folder / "lines.jsonl", made[:half])
    for number, start in enumerate(range(half, len(made), 5)):
        _put(folder / f"part-{number}.jsonl", made[start : start + 5])


def deliver_bad(inbox: Path, night: int, dice: random.Random) -> int:
    """Put files there that nobody can read; how many."""
    folder = inbox / f"bad-{night}"
    folder.mkdir(parents=True, exist_ok=True)
    bad = {
        "broken.jsonl": b'{"id": "broken", "text": \n',
        "binary.dat": bytes(dice.randrange(256) for _ in range(300)),
        "empty.txt": b"",
        "bomb.txt.gz": b"\x1f\x8b\x08\x00 no gzip at all",
        "nothing.jsonl": b"",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    return len(bad)


def _put(path: Path, made: list[Capture]) -> None:
    part = path.with_name(f".{path.name}")
    lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in made)
    part.write_text("".join(lines), encoding="utf-8")
    part.rename(path)  # as a good deliverer does: the file appears whole
