"""Invented wires, sites and copy for the tests of lineage."""

from __future__ import annotations

from difflib import SequenceMatcher

from auditor.domain import Aligned, Article, MatchKind, Moment, Source, SourceKind, Status
from auditor.lineage import Relative, Witness, witness
from auditor.registry import Registry
from auditor.text import read

REGISTRY = Registry(
    [
        Source(
            "ferrywire", "Ferry Wire", SourceKind.WIRE, credits=("Ferry Wire",), datelines=("Ferry Wire",)
        ),
        Source("gullwire", "Gull Wire", SourceKind.WIRE, credits=("Gull Wire",), datelines=("Gull Wire",)),
        Source("northpost", "North Post", SourceKind.PUBLISHER),
        Source("southpost", "South Post", SourceKind.PUBLISHER),
        Source("eastpost", "East Post", SourceKind.PUBLISHER),
    ]
)
WIRE = (
    "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger, the port "
    "authority said. Captain Ilse Maren told reporters the channel was safe for small boats. Two ferries "
    "were sent to the northern pier on Monday. The dredger sank in a storm last month with no loss of life. "
    "Insurers put the damage at 3.4 million crowns."
)
OTHER = (
    "A court in Low Fell ordered the mill to reopen its gates to the fishers who had used the weir since "
    "their grandparents' time. The judge called the fence an insult to the river. The owners will appeal, "
    "their lawyer said on the steps."
)


def told(
    name: str,
    text: str,
    published: str | None = None,
    source: str | None = None,
    *,
    title: str | None = None,
    byline: str | None = None,
    revises: str | None = None,
    status: Status = Status.USABLE,
) -> Witness:
    """An article as a witness."""
    when = Moment.parse(published) if published else None
    article = Article(
        name, text, source, title=title, byline=byline, published=when, revises=revises, status=status
    )
    return witness(article, read(text, title=title, registry=REGISTRY), REGISTRY)


def relative(child: Witness, other: Witness, kind: MatchKind | None = None) -> Relative:
    """The other with one match from the first to the last run of four equal words."""
    a, b = child.document, other.document
    matcher = SequenceMatcher(None, a.tokens.words, b.tokens.words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 4]
    first, last = blocks[0], blocks[-1]
    same = sum(block.size for block in blocks) == max(len(a.tokens), len(b.tokens))
    match = Aligned(
        a.tokens.span(first.a, last.a + last.size),
        b.tokens.span(first.b, last.b + last.size),
        round(matcher.ratio(), 3),
        kind or (MatchKind.VERBATIM if same else MatchKind.EDITED),
    )
    return Relative(other, (match,))
