"""Articles in a real store: what is kept, what is a duplicate, what a revision, what is refused."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from threading import Thread

import pytest

from auditor.domain import (
    Article,
    Derivation,
    Disposition,
    Garble,
    GarbleKind,
    Label,
    Match,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Source,
    SourceKind,
    Span,
    Status,
    Verdict,
)
from auditor.errors import NotFound
from auditor.storage import Store

FULL = Article(
    id="valley/bridge",
    text="The bridge at Upper Tarn\r\nwas closed \u2014 again.\n\n\tNobody\u00a0said why. \U0001f309\n ",
    source="tarn-wire",
    url="https://tarn.example/1?a=b&c=d",
    title="Bridge \u201cclosed\u201d",
    byline="By Ola Brink",
    credit="Tarn Wire",
    language="en",
    published=Moment.parse("2015-12-11T14:05:59Z"),
    captured=Moment.parse("2015-12-12"),
    revises="valley/bridge-0",
    status=Status.CORRECTED,
    extra={"evidence": {"copyright": "\u00a9 Tarn Wire", "nested": [1, 2.5, None, True]}, "\u00e9": "\x00"},
)


@pytest.fixture(autouse=True)
def registered(store: Store) -> None:
    store.put_sources([Source("tarn-wire", "Tarn Wire", SourceKind.WIRE), Source("echo", "The Echo")])


@pytest.fixture
def run(store: Store) -> int:
    return store.begin_run("test", {})


def dispositions(store: Store, run: int, *articles: Article) -> list[str]:
    named = [(f"input {number}", article) for number, article in enumerate(articles)]
    return [outcome.disposition.value for outcome in store.add(named, run=run)]


def test_an_article_comes_back_exactly_as_it_was_given(store: Store, run: int) -> None:
    plain = Article("plain", "A text and nothing else.")
    assert dispositions(store, run, FULL, plain) == ["stored", "stored"]
    assert store.article("valley/bridge") == FULL
    assert store.article("plain") == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "line\r\nline\rline\u2028line",
        "\ufeffmark first",
        "e\u0301 is not \u00e9",
        "\u200b\u00ad\u202e",
        "\U0010ffff\ue000\ufffe\uffff",
        "\x01\x1b\x7f\x85",
        "back\\slash 'quote' \"double\" %s :name {x}",
    ],
)
def test_no_character_of_a_text_is_changed(store: Store, run: int, text: str) -> None:
    assert dispositions(store, run, Article("it", text)) == ["stored"]
    assert store.article("it").text == text


def test_articles_come_sorted_by_code_point_whatever_the_database(store: Store, run: int) -> None:
    ids = ["b", "a", "B", "\u00e4", "a-b", "a b", "ab", "_", "Z", "\U0001f309", "\uffee", "10", "9", "a.b"]
    dispositions(store, run, *(Article(each, each) for each in ids))
    assert [article.id for article in store.articles()] == sorted(ids)
    assert store.article_ids() == sorted(ids)
    assert [outline.id for outline in store.outlines()] == sorted(ids)
    assert [head.id for head in store.heads()] == sorted(ids)


def test_articles_of_many_ids_come_sorted_once_each_and_unknown_ones_are_left_out(
    store: Store, run: int
) -> None:
    many = [Article(f"{number:05}", str(number)) for number in range(2500)]
    dispositions(store, run, *many)
    wanted = [each.id for each in reversed(many)] + ["00001", "missing", "nul\x00", "half\ud800"]
    assert [article.id for article in store.articles(wanted)] == [each.id for each in many]
    assert list(store.texts(wanted)) == [(each.id, each.text) for each in many]
    assert list(store.articles([])) == []


def test_an_unknown_article_is_not_found(store: Store) -> None:
    for ask in (store.article, store.revisions):
        with pytest.raises(NotFound, match="'nobody'"):
            ask("nobody")


def test_the_same_text_under_the_same_id_is_a_duplicate_in_one_batch_and_later(
    store: Store, run: int
) -> None:
    assert dispositions(store, run, FULL, FULL) == ["stored", "duplicate"]
    assert dispositions(store, run, FULL) == ["duplicate"]
    assert store.count() == 1
    assert store.revisions(FULL.id) == (FULL,)


def test_the_same_text_under_another_id_is_another_article(store: Store, run: int) -> None:
    assert dispositions(store, run, FULL, replace(FULL, id="other")) == ["stored", "stored"]


def test_another_text_under_the_same_id_is_a_new_revision_and_the_old_one_stays(
    store: Store, run: int
) -> None:
    first, second = Article("it", "One span fell."), Article("it", "Two spans fell.", title="Corrected")
    dispositions(store, run, first)
    assert [each.reason for each in store.add([("in", second)], run=run)] == ["revision 2"]
    assert store.article("it") == replace(second, revision=2)
    assert store.revisions("it") == (first, replace(second, revision=2))
    assert store.count() == 1


def test_two_revisions_may_arrive_in_one_batch(store: Store, run: int) -> None:
    assert (
        dispositions(store, run, Article("it", "a"), Article("it", "b"), Article("it", "c")) == ["stored"] * 3
    )
    assert [each.text for each in store.revisions("it")] == ["a", "b", "c"]
    assert store.article("it").text == "c"


def test_a_night_run_again_adds_nothing_though_an_id_stood_twice_in_it(store: Store, run: int) -> None:
    night = [Article("it", "a"), Article("it", "b"), Article("other", "c")]
    dispositions(store, run, *night)
    before = list(store.articles()), store.revisions("it")
    assert dispositions(store, run, *night) == ["duplicate"] * 3
    assert (list(store.articles()), store.revisions("it")) == before


def test_a_revision_captured_earlier_is_kept_but_does_not_become_current(store: Store, run: int) -> None:
    late = Article("it", "late", captured=Moment.parse("2020-01-02T10:00:00Z"))
    early = Article("it", "early", captured=Moment.parse("2020-01-01T10:00:00Z"))
    dispositions(store, run, late, early)
    assert store.article("it").text == "late"
    assert [each.text for each in store.revisions("it")] == ["late", "early"]


def test_a_duplicate_fills_in_what_was_unknown_and_changes_nothing_that_was_known(
    store: Store, run: int
) -> None:
    dispositions(store, run, Article("it", "text", title="Known", extra={"kept": 1}))
    told = Article(
        "it",
        "text",
        title="Other",
        source="echo",
        published=Moment.parse("2015-12-11"),
        extra={"kept": 2, "new": 3},
    )
    (outcome,) = store.add([("manifest", told)], run=run)
    assert outcome.disposition is Disposition.DUPLICATE
    assert outcome.reason == "its extra, published, source became known"
    now = store.article("it")
    assert (now.title, now.source, now.published) == ("Known", "echo", told.published)
    assert now.extra == {"kept": 1, "new": 3}
    assert store.add([("again", told)], run=run)[0].reason == ""


def test_what_became_known_of_many_lands_with_each_of_them(store: Store, run: int) -> None:
    dispositions(store, run, *(Article(f"{n:03}", f"text {n}", url="known") for n in range(300)))
    told = [
        Article(f"{n:03}", f"text {n}", url="other", title=f"title {n}", credit="TW" if n % 2 else None)
        for n in range(300)
    ]
    assert set(dispositions(store, run, *told)) == {"duplicate"}
    assert list(store.articles()) == [replace(each, url="known") for each in told]


def test_a_known_day_becomes_a_time_but_a_time_never_a_day(store: Store, run: int) -> None:
    day, exact = Moment.parse("2015-12-11"), Moment.parse("2015-12-11T09:30:00Z")
    for published in (day, exact, day, Moment.parse("2015-12-11T22:00:00Z")):
        dispositions(store, run, Article("it", "text", published=published))
    assert store.article("it").published == exact


def test_a_status_only_gets_graver(store: Store, run: int) -> None:
    for status in (Status.USABLE, Status.CANCELED, Status.CORRECTED, Status.USABLE):
        dispositions(store, run, Article("it", "text", status=status))
    assert store.article("it").status is Status.CANCELED


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (Article("it", "ab\x00c"), "its text holds a NUL character at offset 2"),
        (Article("it", "ab\ud83dc"), "its text holds half a surrogate pair (U+D83D) at offset 2"),
        (Article("it", "text", title="\udc00"), "its title holds half a surrogate pair (U+DC00) at offset 0"),
        (
            Article("it", "text", extra={"a": ["\udfff"]}),
            "what came along holds half a surrogate pair (U+DFFF)",
        ),
        (Article("", "text"), "it has no id"),
        (Article("x" * 601, "text"), "its id is longer than 600 characters"),
        (Article("it", "text", source="nobody"), "its source 'nobody' isn't registered"),
        (Article("it", "text", source="no\x00body"), "its source holds a NUL character at offset 2"),
    ],
)
def test_what_no_database_could_give_back_is_rejected_alike_on_all(
    store: Store, run: int, article: Article, reason: str
) -> None:
    outcomes = store.add([("bad", article), ("good", Article("good", "text"))], run=run)
    assert [each.disposition.value for each in outcomes] == ["rejected", "stored"]
    assert outcomes[0].reason == reason
    assert store.article_ids() == ["good"]


def test_the_longest_id_is_stored_even_of_four_byte_characters(store: Store, run: int) -> None:
    longest = "".join(chr(0x1F000 + number) for number in range(600))
    assert dispositions(store, run, Article(longest, "text")) == ["stored"]
    assert store.article(longest).id == longest


def test_an_outline_tells_digest_and_length_without_the_text(store: Store, run: int) -> None:
    dispositions(store, run, FULL)
    (outline,) = store.outlines()
    assert outline.digest == sha256(FULL.text.encode()).hexdigest()
    assert outline.length == len(FULL.text)
    assert (outline.source, outline.published, outline.status) == (FULL.source, FULL.published, FULL.status)
    (head,) = store.heads()
    assert head == (outline.key, FULL.id, FULL.source, FULL.published, outline.revision, False)
    assert store.ids_of([outline.key, 99]) == {outline.key: FULL.id}
    assert store.keys_of([FULL.id, "missing"]) == {FULL.id: outline.key}


def test_reading_can_go_on_while_articles_are_added(store: Store, run: int) -> None:
    dispositions(store, run, *(Article(f"{number:05}", "text") for number in range(3000)))
    seen = 0
    stream: Iterator[Article] = store.articles()
    for article in stream:
        seen += 1
        if seen % 1000 == 1:
            dispositions(store, run, Article(f"x{article.id}", "text"))
    assert seen in range(3000, 3004)
    assert store.count() == 3003


def test_a_scan_holds_few_texts_in_memory(store: Store, run: int) -> None:
    size, total = 100_000, 600
    for first in range(0, total, 100):
        dispositions(
            store, run, *(Article(f"{n:04}", f"{n} " + "x" * size) for n in range(first, first + 100))
        )
    tracemalloc.start()
    try:
        assert sum(1 for _ in store.articles()) == total
        assert tracemalloc.get_traced_memory()[1] < size * total / 3
    finally:
        tracemalloc.stop()


def test_threads_share_a_store_but_not_a_transaction(store: Store, run: int) -> None:
    seen: list[int] = []
    with store.transaction():
        dispositions(store, run, Article("it", "text"))
        reader = Thread(target=lambda: seen.append(store.count()))
        reader.start()
        reader.join()
        seen.append(store.count())
    assert seen == [0, 1]


def test_a_batch_that_fails_halfway_leaves_nothing(store: Store, run: int) -> None:
    with pytest.raises(RuntimeError, match="stop"), store.transaction():
        dispositions(store, run, FULL)
        assert store.count() == 1
        raise RuntimeError("stop")
    assert store.count() == 0
    assert list(store.outcomes()) == []


def test_numbers_are_asked_for_anew_after_a_transaction_and_within_one_as_articles_come(
    store: Store, run: int
) -> None:
    with pytest.raises(RuntimeError, match="stop"), store.transaction():
        assert store.keys_of(["it", "other"]) == {}
        dispositions(store, run, Article("it", "text"))
        assert store.keys_of(["it", "other"]).keys() == {"it"}
        dispositions(store, run, Article("other", "another text"))
        assert store.keys_of(["it", "other"]).keys() == {"it", "other"}
        raise RuntimeError("stop")
    assert store.keys_of(["it", "other"]) == {}
    with store.transaction():
        assert store.keys_of(["it"]) == {}
    dispositions(store, run, Article("other", "another text"), Article("it", "text"))
    assert store.keys_of(["it"]) == store.keys_of(["it", "nobody"])
    assert store.ids_of(store.keys_of(["it"]).values()) == {store.keys_of(["it"])["it"]: "it"}


def examined(store: Store, *ids: str) -> None:
    store.put_fingerprints(((each, b"packed") for each in ids), 1)


def place(article: str) -> Place:
    return Place(article, Span(0, 3))


def test_a_new_revision_makes_everything_found_of_the_article_stale(store: Store, run: int) -> None:
    dispositions(store, run, *(Article(each, f"text {each}") for each in ("child", "far", "it", "parent")))
    examined(store, "child", "far", "it", "parent")
    pairs = [("child", "it"), ("child", "far"), ("it", "parent"), ("far", "parent")]
    store.replace_matches([], [Match(place(a), place(b), 1.0, MatchKind.VERBATIM) for a, b in pairs])
    derived = [("child", "it"), ("it", "parent"), ("far", "parent")]
    store.replace_lineage(
        [],
        [
            Derivation(a, Span(0, 3), place(b), Origin(None, b), Relation.COPY, 0.9, MatchKind.VERBATIM, 1.0)
            for a, b in derived
        ],
        [Verdict(each, 1.0, 0.0, Label.WHOLLY) for each in ("child", "far", "it", "parent")],
    )
    store.replace_garbles(
        [],
        [Garble(a, Span(0, 1), GarbleKind.NUMBER, Severity.HIGH, "1", "2", place(b), a) for a, b in derived],
    )
    dispositions(store, run, Article("it", "another text"))
    assert store.unexamined(1) == ["child", "it", "parent"]
    assert [(each.a.article, each.b.article) for each in store.matches()] == [
        ("child", "far"),
        ("far", "parent"),
    ]
    assert [each.article for each in store.derivations()] == ["far"]
    assert [each.article for each in store.garbles()] == ["far"]
    assert [each.article for each in store.verdicts()] == ["far"]


def test_metadata_that_becomes_known_asks_for_a_new_examination(store: Store, run: int) -> None:
    dispositions(store, run, Article("it", "text"), Article("other", "text"))
    examined(store, "it", "other")
    dispositions(store, run, Article("it", "text"))
    assert store.unexamined(1) == []
    dispositions(store, run, Article("it", "text", published=Moment.parse("2015-12-11")))
    assert store.unexamined(1) == ["it"]


def test_an_old_text_that_arrives_late_makes_nothing_stale(store: Store, run: int) -> None:
    dispositions(store, run, Article("it", "late", captured=Moment.parse("2020-01-02T10:00:00Z")))
    examined(store, "it")
    dispositions(store, run, Article("it", "early", captured=Moment.parse("2020-01-01T10:00:00Z")))
    assert store.unexamined(1) == []
