"""What a worker does with one item: the pure stages over articles, with the texts it read kept at hand.

Every function takes and returns values that can be sent between processes. It must not know the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.domain import (
    Aligned,
    Article,
    Derivation,
    Garble,
    Match,
    Moment,
    Place,
    Stale,
    Verdict,
)
from auditor.engine.reading import Reader
from auditor.engine.sending import send_by_fields
from auditor.fingerprint import fingerprint_documents, pack
from auditor.garbling import garbles, look_ahead, unmarked
from auditor.lineage import (
    FEW_WORDS,
    Relative,
    Standing,
    Witness,
    is_retold,
    outdated,
    shared,
    stale,
    trace,
    verdict,
    verdict_of_unrelated,
)
from auditor.matching import align, views_ahead
from auditor.registry import Registry
from auditor.text import NOTHING, Document, Known

send_by_fields()
_registry = Registry()
_reader = Reader(_registry)


def prepare(registry: Registry, furniture: Known = NOTHING) -> None:
    """Let this process read texts with these sources, and these lines known as furniture."""
    # Set once when a process starts: sent with each item it would cost more.
    global _registry, _reader
    _registry, _reader = registry, Reader(registry, furniture)


def document_of(article: Article) -> Document:
    """The article's text as read, from this process's memory where it was read before."""
    return _reader.document(article)


def witness_of(article: Article) -> Witness:
    """The article as lineage sees it."""
    return _reader.witness(article)


@dataclass(frozen=True, slots=True)
class Examined:
    """An article's packed fingerprints.

    ``is_plain`` tells that nothing is to be said of the text where no other shares anything with it, so that
    it needn't be read again; not of all texts of which that holds.
    """

    article: str
    prints: bytes
    is_plain: bool


def examined(articles: Sequence[tuple[str, str]]) -> list[Examined]:
    """The fingerprints for (id, text) pairs."""
    documents = [_reader.read(text) for _, text in articles]
    prints = fingerprint_documents(documents)
    plain = unmarked(documents)
    return [
        Examined(name, pack(each), is_plain and len(document.tokens) >= FEW_WORDS)
        for (name, _), document, each, is_plain in zip(articles, documents, prints, plain, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Articles, and which of them to align with each other, by their places among them."""

    articles: tuple[Article, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """The matches of two articles, ``a`` being the one whose id sorts first.

    Where one may retell the other, what it may retell is among them: ``told`` says which, by their places
    in order, if that is known.
    """

    matches: tuple[Match, ...]
    told: tuple[int, ...] | None


def paired(task: Pairing) -> list[Paired]:
    """What each pair shares."""
    views_ahead(_reader.ahead(task.articles))
    return [shared_by((task.articles[one], task.articles[two])) for one, two in task.pairs]


def shared_by(pair: tuple[Article, Article]) -> Paired:
    """What two articles share."""
    a, b = sorted(pair, key=lambda article: article.id)
    found = shared(a, document_of(a), b, document_of(b), _registry)
    matches = (
        Match(Place(a.id, each.a), Place(b.id, each.b), each.similarity, each.kind) for each in found.matches
    )
    return Paired(tuple(matches), found.told)


@dataclass(frozen=True, slots=True)
class Tracing:
    """An article to trace, with its relatives and what it shares with each (``a`` in the article).

    Last of each what of that is known to be merely told alike (see ``Paired``).
    """

    article: Article
    relatives: tuple[tuple[Article, tuple[Aligned, ...], tuple[int, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of an article once its rows are settled."""

    verdict: Verdict
    garbles: tuple[Garble, ...] = ()
    stale: tuple[Stale, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """An article's own rows and the light facts that settling needs.

    ``judged`` is the verdict with the garbles where the article has no relative: nothing that another
    article brings can change them, so that its text needn't be read a second time.
    """

    derivations: tuple[Derivation, ...]
    standing: Standing
    judged: Judged | None


def unrelated(article: str) -> Judged:
    """What is said of a wire's article with a plain text (see ``Examined``) that shares nothing with any."""
    return Judged(verdict_of_unrelated(article))


def traced_together(tasks: Sequence[Tracing]) -> list[Traced]:
    """Each of some articles traced."""
    relatives = {other.id: other for task in tasks for other, _, _ in task.relatives}
    own = {task.article.id: task.article for task in tasks}
    _reader.ahead((relatives | own).values())
    look_ahead([document_of(article) for article in own.values()])
    return [traced(task) for task in tasks]


def traced(task: Tracing) -> Traced:
    """Trace an article among its relatives."""
    child = witness_of(task.article)
    relatives = [Relative(witness_of(other), matches, told) for other, matches, told in task.relatives]
    rows = trace(child, relatives, _registry)
    alone = None if relatives else judged(Judging(task.article, rows, (), {}))
    return Traced(rows, child.standing(_registry), alone)


def standing_of(article: Article) -> Standing:
    """The light facts of an article that isn't traced again."""
    return witness_of(article).standing(_registry)


def brief_standing_of(article: Article) -> Standing:
    """The same without the article's paragraphs, for which its text would have to be taken apart."""
    return witness_of(article).standing(_registry, whole=False)


@dataclass(frozen=True, slots=True)
class Judging:
    """An article with its settled rows, its parents' texts, and what was damaged in these.

    A parent whose text is no longer held is missing: the article can't be held against it again.
    ``outdated`` has what of the parents is out of date, ``published`` when the versions that made it so
    came out, ``own`` the articles of which this one is itself a later version.
    """

    article: Article
    derivations: tuple[Derivation, ...]
    parents: tuple[Article, ...]
    inherited: Mapping[str, tuple[Garble, ...]]
    outdated: Mapping[str, tuple[Stale, ...]] = field(default_factory=dict)
    published: Mapping[str, Moment] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


def judged(task: Judging) -> Judged:
    """The verdict on an article, its garbles, and what it carries that is out of date."""
    child = witness_of(task.article)
    held = {parent.id for parent in task.parents}
    found = garbles(
        child.document,
        # What is merely retold differs in every word: no change of it is a damage.
        [
            row
            for row in task.derivations
            if row.parent is None or (row.parent.article in held and not is_retold(row))
        ],
        {parent.id: document_of(parent) for parent in task.parents},
        task.inherited,
        article=task.article.id,
        registry=_registry,
        source=task.article.source,
        sources={parent.id: parent.source for parent in task.parents},
        credited=frozenset(credit.source for credit in child.named),
    )
    old = {parent.id: witness_of(parent) for parent in task.parents if task.outdated.get(parent.id)}
    out = stale(child, task.derivations, old, task.outdated, task.published, task.own) if old else ()
    return Judged(verdict(child, task.derivations, _registry), found, out)


@dataclass(frozen=True, slots=True)
class Outdating:
    """An item and its later versions."""

    version: Article
    later: tuple[Article, ...]


def outdated_of(task: Outdating) -> tuple[Stale, ...]:
    """The places of an item that it or a later version no longer stands by."""
    text = document_of(task.version)
    later = [(witness_of(newer), align(text, document_of(newer))) for newer in task.later]
    return outdated(witness_of(task.version), later)
