"""What a text may retell of another: sentences in other words, and only where both tell one story."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.domain import MatchKind
from auditor.matching import align, pairings, retellings, retells_story, story_pairs, unheld
from auditor.text import read

REPORT = (
    "A lighthouse keeper who hid 14 stolen violins behind the lamp at Skarv Point was sentenced to three "
    "years on Tuesday. Judge Ottilie Brandt told Harald Venn, 61, that he had played on the trust of a whole "
    "orchestra. The violins, worth 2.3 million crowns, were taken from a rehearsal hall in Lindal in March. "
    "Police found them after a fisherman heard music across the bay at night."
)
RETOLD = (
    "Music drifting over the bay gave Harald Venn away. The lighthouse keeper, 61, was sentenced to three "
    "years yesterday for hiding 14 stolen violins at Skarv Point. My own aunt once kept bees in such a "
    "tower, and nobody ever asked her why."
)
ELSEWHERE = (
    "Snow closed the mountain line at Lindal on Tuesday, and three trains with 140 passengers stood in the "
    "dark for hours. The railway said that heating had failed in one carriage only. Police brought blankets."
)


def test_a_sentence_in_other_words_is_found_with_the_sentence_it_retells() -> None:
    text, report = read(RETOLD), read(REPORT)
    assert align(text, report) == ()
    found = max(retellings(text, report), key=lambda match: match.similarity)
    assert found.a.of(RETOLD).startswith("The lighthouse keeper, 61")
    assert found.b.of(REPORT).startswith("A lighthouse keeper")
    assert found.kind is MatchKind.REWORDED
    assert 0.33 <= found.similarity < 1


def test_what_is_copied_whole_is_retold_whole() -> None:
    report = read(REPORT)
    found = retellings(report, report)
    assert [match.similarity for match in found] == [1.0] * len(found)
    assert [match.a for match in found] == [match.b for match in found]


def test_of_a_sentence_with_little_of_a_report_the_run_of_words_that_it_has_is_given() -> None:
    text = (
        f"{RETOLD} Nobody in our village would have guessed, least of all the postman who rows there every "
        "week, what was kept behind the lamp at Skarv Point until the spring tides came and everything about "
        "the affair was told in the inn."
    )
    found = retellings(read(text), read(REPORT))
    assert any(match.a.of(text) == "behind the lamp at Skarv Point" for match in found)
    assert not any("aunt" in match.a.of(text) for match in found)


def test_what_no_report_has_are_the_words_quoted_and_the_figures_given_beside_them() -> None:
    report = read(REPORT)
    text = f'{RETOLD} "We never heard a single note from over there," said Ines Kolb, 44.'
    own = unheld(read(text), [report])
    assert (own.quoted, own.figures) == (9, 1)
    assert own.words == len(read(text).tokens)
    assert unheld(report, [report]).quoted == unheld(report, [report]).figures == 0
    assert unheld(read(text), []).figures == 3


CHINESE = (
    "灯塔看守人哈拉德在斯卡夫角的灯后藏了十四把被盗的小提琴。法官周二判处他三年监禁。渔民夜里听见海湾对面传来琴声后警方找到了这些小提琴。",
    "因在斯卡夫角灯塔藏匿被盗的小提琴灯塔看守人哈拉德昨天被判处三年监禁。渔民夜里听见海湾对面传来琴声。我姑妈从前在这样的塔里养蜂。",
    "大雪周二封住了林达尔的山区铁路。三列火车载着旅客在黑暗中停了几个小时。铁路公司说只有一节车厢的暖气坏了。警方送来了毛毯。",
)
THAI = (
    "ชาวประมงได้ยินเสียงดนตรีข้ามอ่าวในเวลากลางคืนและตำรวจพบไวโอลินที่ถูกขโมยหลังตะเกียงของประภาคาร",
    "ตำรวจพบไวโอลินที่ถูกขโมยหลังตะเกียงเมื่อชาวประมงได้ยินเสียงดนตรีข้ามอ่าว",
    "หิมะปิดเส้นทางรถไฟบนภูเขาและรถไฟสามขบวนต้องจอดอยู่ในความมืดหลายชั่วโมง",
)


@pytest.mark.parametrize("texts", [CHINESE, THAI], ids=["Chinese", "Thai"])
def test_scripts_without_spaces_tell_stories_apart_by_runs_of_characters(texts: tuple[str, str, str]) -> None:
    report, retold, elsewhere = (pairings(read(text).tokens) for text in texts)
    assert retells_story(retold, report)
    assert not retells_story(elsewhere, report)


def test_a_chinese_sentence_is_retold_by_its_runs_of_characters_not_by_single_ones() -> None:
    report, retold, elsewhere = (read(text) for text in CHINESE)
    first, second = retellings(retold, report)[:2]
    assert (first.a.of(CHINESE[1])[:4], second.a.of(CHINESE[1])[:4]) == ("因在斯卡", "渔民夜里")
    assert retellings(elsewhere, report) == ()


def test_another_story_is_retold_by_nobody() -> None:
    assert retellings(read(ELSEWHERE), read(REPORT)) == ()
    assert retellings(read(""), read(REPORT)) == ()
    assert retellings(read(REPORT), read("")) == ()


def test_pairings_do_not_ask_for_the_order_of_two_words_nor_for_short_ones_between() -> None:
    assert np.array_equal(pairings(read("Harald Venn").tokens), pairings(read("Venn and Harald").tokens))
    assert not len(pairings(read("he is at it").tokens))


def test_many_texts_are_told_apart_as_one_by_one() -> None:
    texts = [pairings(read(text).tokens) for text in (RETOLD, ELSEWHERE, REPORT, "")]
    one_by_one = [
        (one, two)
        for one, text in enumerate(texts)
        for two, other in enumerate(texts)
        if retells_story(text, other)
    ]
    assert list(story_pairs(texts, texts)) == one_by_one
    assert (0, 2) in one_by_one
    assert (1, 2) not in one_by_one
    assert list(story_pairs(texts, [])) == []
