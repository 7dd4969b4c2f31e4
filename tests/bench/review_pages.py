"""How long the review application takes for a page with 10,000 findings in the queue.

    python -m tests.bench.review_pages [FINDINGS]

Prints the median of ten requests, on the clock and of the processor, for the first page, the last page, a
filtered page and a case.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from auditor.domain import Article, Place, Span
from auditor.jobs.sources import registry_of
from auditor.licensing import Certainty, Exhibit, Finding, RuleKind, State
from auditor.storage import Store, open_store
from auditor.web.application import Application
from auditor.web.gate import Gate

RULES = (RuleKind.CREDIT, RuleKind.WORDS, RuleKind.ALTERATIONS, RuleKind.BYLINE)
TEXT = "The board of the harbour closed the pier on Monday, and nobody was hurt. " * 40
REQUESTS = 10


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


def main(number: int = 10_000) -> None:
    """Fill a store, ask for pages, print the times."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'b.db'}") as store:
        _fill(store, number)
        gate = Gate(1)
        cookie = (gate.enter(gate.key) or "").partition(";")[0]
        application = Application(store, registry_of(store), gate, "ada")
        last = -(-number // len(RULES) // 50)
        case = f"/case/c-{number // len(RULES) // 2:012x}"
        for path in ("/", f"/?page={last}", "/?rule=credit&source=echo-7", case):
            times = [_asked(application, path, cookie) for _ in range(REQUESTS)]
            wall, busy = (median(one) * 1000 for one in zip(*times, strict=True))
            sys.stdout.write(f"{path:45} {wall:6.0f} ms, of these {busy:.0f} ms of processor\n")


def _asked(application: Application, path: str, cookie: str) -> tuple[float, float]:
    said: list[str] = []
    path, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1:1",
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(),
    }
    began, at_work = perf_counter(), process_time()
    application(environ, lambda status, _headers: said.append(status))
    assert said == ["200 OK"], said
    return perf_counter() - began, process_time() - at_work


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
