"""How long the review application takes for a page with 10,000 findings in the queue.

    python -m tests.bench.review_pages [FINDINGS]

A quarter of them is decided. Prints the median of ten requests, on the clock and of the processor, for the
first page, the last page, filtered pages, a case and a decision; the client's own work is in it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from httpx2 import Response
from starlette.testclient import TestClient

from auditor.domain import Article, Moment, Place, Span
from auditor.jobs.sources import registry_of
from auditor.licensing import Certainty, Exhibit, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry
from auditor.storage import Store, open_store
from auditor.web.application import make_application
from auditor.web.gate import Hosts
from auditor.web.visit import Office

RULES = (RuleKind.CREDIT, RuleKind.WORDS, RuleKind.ALTERATIONS, RuleKind.BYLINE)
TEXT = "The board of the harbour closed the pier on Monday, and nobody was hurt. " * 40
REQUESTS = 10
NOW = Moment.parse("2025-01-02T03:04:05Z")


def _findings(number: int) -> Iterator[Finding]:
    spans = [Span(n * 73, n * 73 + 72) for n in range(10)]
    base = Finding(
        id="f-0",
        case="c-0",
        article="copy-0",
        source="echo",
        licensor="kestrel",
        item="item",
        rule=RuleKind.WORDS,
        state=State.FINDING,
        agreement="echo",
        terms="ab" * 32,
        measured=212,
        bound=150,
        unit="words",
        sentence="The Echo runs 212 words of Kestrel Wire’s item; agreement Echo allows 150.",
        exhibits=tuple(Exhibit(span, Place("item", span)) for span in spans),
        certainty=Certainty.TRACED,
        confidence=0.9,
        rank=50,
        story="story",
        pairs=(("12" * 32, "34" * 32),),
    )
    for at in range(number):
        case, rule = divmod(at, len(RULES))
        yield replace(
            base,
            id=f"f-{at:012x}",
            case=f"c-{case:012x}",
            article=f"copy-{case}",
            source=f"echo-{case % 40}",
            rule=RULES[rule],
            rank=at % 100,
            story=f"s{case % 300}",
        )


def _fill(store: Store, number: int) -> None:
    run = store.begin_run("bench", {})
    found = list(_findings(number))
    names = sorted({one.article for one in found})
    store.add([("bench", Article(name, f"{name} {TEXT}")) for name in ["item", *names]], run=run)
    store.replace_licence_findings(names, found, run=run)
    with store.transaction():
        for one in found[:: len(RULES)]:
            store.add_decision(
                Entry(0, NOW, "bo", one.id, one.digest, one.case, Decision.UNLICENSED, "", one.pairs)
            )


def main(number: int = 10_000) -> None:
    """Fill a store, ask for pages, print the times."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'b.db'}") as store:
        _fill(store, number)
        office = Office(
            store,
            registry_of(store),
            Hosts(("127.0.0.1",), 1),
            key="k",
            reviewer="ada",
            second=("unlicensed",),
        )
        last = -(-number // len(RULES) // 50)
        case = f"/case/c-{number // len(RULES) // 2:012x}"
        with TestClient(make_application(office), base_url="http://127.0.0.1:1") as client:
            client.get("/enter?key=k")
            for path in ("/", f"/?page={last}", "/?rule=credit&standing=second", "/?story=s7", case):
                _timed(path, partial(client.get, path))
            token = next(iter(office.sessions._open.values()))[0].token
            form = {"token": token, "decision": "licensed", "seen": "9" * 9}
            _timed(f"POST {case}", partial(client.post, case, data=form, follow_redirects=False))


def _timed(what: str, ask: Callable[[], Response]) -> None:
    times = []
    for _ in range(REQUESTS):
        began, at_work = perf_counter(), process_time()
        answer = ask()
        times.append((perf_counter() - began, process_time() - at_work))
        assert answer.status_code in (200, 303), answer.text
    wall, busy = (median(one) * 1000 for one in zip(*times, strict=True))
    sys.stdout.write(f"{what:45} {wall:6.0f} ms, of these {busy:.0f} ms of processor\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
