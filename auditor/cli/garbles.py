"""``auditor garbles``: what was damaged on the way, gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.arguments import moment_of, source_named
from auditor.cli.session import DatabaseOption, JsonOption, Session, session_of
from auditor.domain import GarbleKind, Severity
from auditor.errors import GATE_MET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.garbling import Score
    from auditor.jobs.garbles import Damage

# Articles whose scores are shown; the sources' are shown all.
WORST_ARTICLES = 10


def garbles(
    ctx: typer.Context,
    kind: Annotated[list[GarbleKind] | None, typer.Option(help="Only this kind; may be given again.")] = None,
    severity: Annotated[
        list[Severity] | None, typer.Option(help="Only this severity; may be given again.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source, by any name.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles published since, as in 2026-03-01.")
    ] = None,
    introduced: Annotated[
        bool, typer.Option("--introduced", help="Only where the change first appeared, not where inherited.")
    ] = False,
    style: Annotated[
        bool, typer.Option("--style/--no-style", help="Whether house style (kind spelling) is listed, too.")
    ] = True,
    fail_on: Annotated[
        Severity | None, typer.Option(help="End with code 4 where one is as grave as this.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was damaged, with the words around it, and how badly each source was hit."""
    from auditor.jobs.garbles import Wanted
    from auditor.jobs.garbles import garbles as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        registry = session.registry(store)
        wanted = Wanted(
            kinds=kind or (),
            severities=severity or (),
            source=source_named(registry, source).key if source else None,
            since=moment_of(since) if since else None,
            inherited=not introduced,
            style=style,
        )
        damage = run(store, registry, wanted)
    if as_json:
        session.json([each.row() for each in damage.listed])
    else:
        _print(session, damage)
    if damage.meets(fail_on):
        raise typer.Exit(GATE_MET)


def _print(session: Session, damage: Damage) -> None:
    """The changes, the rules among them, and what they come to for each source."""
    session.table(
        ("severity", "kind", "article", "before", "after", "in", "entered in"),
        (
            (
                each.garble.severity.value,
                each.garble.kind.value,
                each.garble.article,
                _short(each.garble.before),
                _short(each.garble.after),
                each.context,
                each.garble.introduced_by,
            )
            for each in damage.listed
        ),
    )
    for rule in damage.rules:
        places = len(rule.places)
        session.out.print(
            f"{rule.article}: “{rule.before}” became “{rule.after}” in {places} places", markup=False
        )
    if damage.articles:
        _scores(session, "article", damage.articles[:WORST_ARTICLES])
    _scores(session, "source", damage.scores)


def _scores(session: Session, head: str, scores: Sequence[tuple[str, Score]]) -> None:
    session.table(
        (head, "grave changes a thousand derived words", "entered", "inherited", "derived words"),
        ((name, f"{s.per_thousand:.1f}", s.high, s.inherited, s.words) for name, s in scores),
    )


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 40 else joined[:39] + "…"
