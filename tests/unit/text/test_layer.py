"""The normalised layer: what readers take for the same gives the same layer, and offsets lead back."""

from __future__ import annotations

import pytest

from auditor.text.layer import EvasionKind, normalise


@pytest.mark.parametrize(
    ("text", "layer"),
    [
        ("The Mayor SAID so", "the mayor said so"),
        ("“Quite”, she said: ‘it’s fine’", "\"quite\", she said: 'it's fine'"),
        ("one–two—three−four", "one-two-three-four"),
        ("e\u0301tude caf\u0065\u0301", "étude café"),
        ("Ｆｕｌｌ ｗｉｄｔｈ ３", "full width 3"),
        ("ﬁne oﬃce", "fine office"),
        ("Straße", "strasse"),
        ("sof\u00adtly zero\u200bwidth \ufeffmarked", "softly zerowidth marked"),
        ("\u202ehidden\u202c", "hidden"),
        ("wait… now", "wait... now"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_reads_the_same_gives_the_same_layer(text: str, layer: str) -> None:
    assert normalise(text).text == layer


def test_look_alikes_become_latin_only_inside_latin_words() -> None:
    assert normalise("th\u0435 m\u0430yor").text == "the mayor"  # Cyrillic е, а
    honest = "Мэр сказал: рост цен"
    assert normalise(honest).text == honest.lower()


def test_a_word_of_look_alikes_alone_is_read_as_latin_where_others_prove_the_trick() -> None:
    assert normalise("th\u0435 \u0441\u043e\u0440 sat").text == "the cop sat"
    assert normalise("the \u0441\u043e\u0440 sat").text == "the \u0441\u043e\u0440 sat"


def test_ascii_needs_no_map() -> None:
    layer = normalise("Plain text.")
    assert layer.starts is None
    assert layer.original_span(0, 5) == (0, 5)


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("The sof\u00adtly spoken", "softly", "sof\u00adtly"),
        ("a ﬁne day", "fine", "ﬁne"),
        ("the cafe\u0301 closed", "café", "cafe\u0301"),
        ("Straße frei", "strasse", "Straße"),
        ("wait… now", "now", "now"),
    ],
)
def test_a_part_of_the_layer_leads_back_to_the_original(text: str, part: str, original: str) -> None:
    layer = normalise(text)
    at = layer.text.index(part)
    span = layer.original_span(at, at + len(part))
    assert span.of(text) == original
    assert layer.layer_span(*span) == (at, at + len(part))


def test_an_empty_range_leads_to_an_empty_span() -> None:
    layer = normalise("… then")
    assert layer.original_span(3, 3) == (1, 1)
    assert layer.original_span(len(layer.text), len(layer.text)) == (6, 6)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("may\u200bor", EvasionKind.ZERO_WIDTH),
        ("the \u202emayor", EvasionKind.BIDI),
        ("the m\u0430yor", EvasionKind.LOOK_ALIKE),
        ("the ｍayor", EvasionKind.FULL_WIDTH),
        ("the mayo\u0301r", EvasionKind.DECOMPOSED),
        ("the mayor\U000e0041", EvasionKind.TAG),
    ],
)
def test_evasions_are_reported_with_their_first_place(text: str, kind: EvasionKind) -> None:
    (evasion,) = normalise(text).evasions
    assert evasion.kind is kind
    assert evasion.count == 1
    assert evasion.first.of(text)


def test_soft_hyphens_are_reported_once_there_are_several() -> None:
    assert normalise("the may\u00ador").evasions == ()
    (evasion,) = normalise("the may\u00ador of the har\u00adbour coun\u00adcil").evasions
    assert (evasion.kind, evasion.count) == (EvasionKind.SOFT_HYPHEN, 3)


@pytest.mark.parametrize(
    "honest",
    [
        "“Curly quotes” – and dashes — in “naïve” prose",
        "Мэр города сказал: «рост цен» замедлился",
        "Ο δήμαρχος είπε ότι η πόλη αλλάζει",
        "می‌خواهم به خانه بروم",  # Persian joins with a zero-width non-joiner
        "שלום \u200fעולם\u200e",
        "left behind\u200e by an editor",
        "市長は「ＮＨＫ」に語った",
        "हिन्दी में क्‍या लिखा है",
        "Tiếng Việt có dấu",
        "a flag: \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_honest_text_of_any_script_raises_no_alarm(honest: str) -> None:
    assert normalise(honest).evasions == ()


def test_lone_surrogates_are_no_trouble() -> None:
    assert normalise("a\ud800b").text == "a\ud800b"
