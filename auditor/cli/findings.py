"""``auditor findings``: what the terms say of the articles that use somebody's text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.licences import FolderOption
from auditor.cli.session import DatabaseOption, JsonOption, QuietOption, session_of
from auditor.errors import GATE_MET, UsageProblem
from auditor.licensing.findings import Certainty, State
from auditor.licensing.terms import RuleKind

if TYPE_CHECKING:
    from auditor.jobs.findings import Filter
    from auditor.registry import Registry


class Form(StrEnum):
    """The form of an export."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


app = typer.Typer(
    help="What the terms say of articles: update, list, show, export, sources.", no_args_is_help=True
)

SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only this source's; may be given again.")
]
LicensorOption = Annotated[
    list[str] | None, typer.Option("--licensor", help="Only of this wire's text; may be given again.")
]
RuleOption = Annotated[
    list[RuleKind] | None, typer.Option("--rule", help="Only of this rule; may be given again.")
]
StoryOption = Annotated[list[str] | None, typer.Option("--story", help="Only of this story.")]
CertaintyOption = Annotated[
    list[Certainty] | None, typer.Option("--certainty", help="Only what is this sure; may be given again.")
]
CoveredOption = Annotated[
    bool, typer.Option("--covered", help="What the licence allows, or one owner shares, instead.")
]
UnmeasuredOption = Annotated[
    bool, typer.Option("--unmeasured", help="Rules that couldn't be measured, and why, instead.")
]
RankOption = Annotated[int, typer.Option("--rank", min=0, max=100, help="Only from this rank on.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Only what nobody has decided as it now stands.")]


@app.command()
def update(
    ctx: typer.Context,
    folder: FolderOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Hold every article against the terms as they are now; what changed is superseded, never lost."""
    from auditor.jobs.findings import update_findings

    session = session_of(ctx, database=database, quiet=quiet, licences=folder)
    with session.store(create=False) as store, session.progress() as progress:
        settings = session.settings
        summary = update_findings(
            store,
            session.registry(store),
            settings.licences,
            second=settings.second_sign_off,
            progress=progress,
        )
    if as_json:
        session.json(summary.as_dict())
    else:
        session.out.print(summary.sentence())


@app.command("list")
def list_findings(
    ctx: typer.Context,
    source: SourceOption = None,
    licensor: LicensorOption = None,
    rule: RuleOption = None,
    story: StoryOption = None,
    certainty: CertaintyOption = None,
    rank: RankOption = 0,
    covered: CoveredOption = False,
    unmeasured: UnmeasuredOption = False,
    undecided: OpenOption = False,
    fail_on: Annotated[
        int | None, typer.Option("--fail-on", min=0, max=100, help="Exit 4 where one has this rank or more.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List findings, what matters most first; what is covered stands apart (--covered)."""
    from auditor.jobs.findings import list_findings as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        registry = session.registry(store)
        wanted = _filter(
            registry,
            source,
            licensor,
            rule,
            story,
            certainty,
            rank,
            state=_state(covered=covered, unmeasured=unmeasured),
            undecided=undecided,
        )
        listed = list(run(store, wanted, second=session.settings.second_sign_off))
    if as_json:
        session.json([one.as_dict() for one in listed])
    else:
        session.table(
            ("finding", "case", "rank", "rule", "what was measured", "decision"),
            (
                (
                    one.finding.id,
                    one.finding.case,
                    one.finding.rank,
                    one.finding.rule.value,
                    one.finding.sentence,
                    one.standing,
                )
                for one in listed
            ),
        )
        what = {State.FINDING: "findings"}.get(wanted.state, wanted.state.value)
        session.note(f"{len(listed)} {what}")
    if fail_on is not None and any(one.finding.rank >= fail_on for one in listed):
        raise typer.Exit(GATE_MET)


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A finding (f-…) or a case (c-…).")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a finding with its passages, its older versions and the decisions on it."""
    from auditor.jobs.findings import show_finding

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        found = show_finding(store, name, second=session.settings.second_sign_off)
        texts = {one.id: one.text for one in store.articles({each.finding.article for each in found})}
        log = list(store.decisions(name))
    if as_json:
        session.json(
            {"findings": [one.as_dict() for one in found], "decisions": [one.as_dict() for one in log]}
        )
        return
    for each in found:
        one = each.finding
        state = "superseded" if each.superseded else one.state.value
        session.out.print(f"{one.id} ({state}, case {one.case}, rank {one.rank})", markup=False)
        session.out.print(f"  {one.sentence}", markup=False)
        session.out.print(
            f"  confidence {one.confidence:.2f}, {one.certainty.value}; "
            f"terms: {one.agreement or 'defaults'} {one.terms[:12]}",
            markup=False,
        )
        for exhibit in one.exhibits if not each.superseded else ():
            said = " ".join(exhibit.span.of(texts.get(one.article, "")).split())
            where = f"{one.article} {exhibit.span.start}–{exhibit.span.end}"
            came = exhibit.parent
            from_ = f" ← {came.article} {came.span.start}–{came.span.end}" if came else ""
            session.out.print(f"    {where}{from_}: {said[:100]}", markup=False)
    for entry in log:
        session.out.print(
            f"{entry.at} {entry.reviewer}: {entry.decision.value} on {entry.finding} {entry.note}",
            markup=False,
        )


@app.command()
def export(
    ctx: typer.Context,
    form: Annotated[Form, typer.Option("--format", help="json, csv or xlsx.")] = Form.JSON,
    out: Annotated[Path | None, typer.Option(help="The file (default: standard output).")] = None,
    source: SourceOption = None,
    licensor: LicensorOption = None,
    rule: RuleOption = None,
    story: StoryOption = None,
    certainty: CertaintyOption = None,
    rank: RankOption = 0,
    covered: CoveredOption = False,
    unmeasured: UnmeasuredOption = False,
    undecided: OpenOption = False,
    database: DatabaseOption = None,
) -> None:
    """Give out findings: JSON (see docs/schemas/findings.json) CSV or XLSX."""
    from auditor.jobs.findings import list_findings as run
    from auditor.jobs.findings_export import export_findings

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        registry = session.registry(store)
        wanted = _filter(
            registry,
            source,
            licensor,
            rule,
            story,
            certainty,
            rank,
            state=_state(covered=covered, unmeasured=unmeasured),
            undecided=undecided,
        )
        listed = run(store, wanted, second=session.settings.second_sign_off)
        count = export_findings(listed, form.value, out)
    if out:
        session.note(f"{count} findings written to {out}")


@app.command()
def sources(
    ctx: typer.Context,
    folder: FolderOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sources that have findings; those with many full copies in a month come first."""
    from dataclasses import asdict

    from auditor.jobs.findings import source_counts
    from auditor.jobs.licences import load_terms

    session = session_of(ctx, database=database, licences=folder)
    with session.store(create=False) as store:
        registry = session.registry(store)
        terms = load_terms(session.settings.licences, registry).terms
        rows = source_counts(store, registry, terms, second=session.settings.second_sign_off)
    if as_json:
        session.json([asdict(row) for row in rows])
        return
    days = terms.defaults.triage_days
    session.table(
        ("source", "findings", "decided", "full copies", f"most in {days} days", ""),
        (
            (r.source, r.findings, r.decided, r.full_copies, r.most_within, "look at" if r.is_triaged else "")
            for r in rows
        ),
    )


def _filter(
    registry: Registry,
    source: list[str] | None,
    licensor: list[str] | None,
    rule: list[RuleKind] | None,
    story: list[str] | None,
    certainty: list[Certainty] | None,
    rank: int,
    *,
    state: State,
    undecided: bool,
) -> Filter:
    from auditor.jobs.findings import Filter

    return Filter(
        sources=_keys(registry, source),
        licensors=_keys(registry, licensor),
        rules=frozenset(rule or ()),
        stories=frozenset(story or ()),
        certainties=frozenset(certainty or ()),
        state=state,
        lowest_rank=rank,
        undecided_only=undecided,
    )


def _state(*, covered: bool, unmeasured: bool) -> State:
    if covered and unmeasured:
        raise UsageProblem("--covered and --unmeasured ask for different things", "give one of them")
    return State.COVERED if covered else State.UNMEASURED if unmeasured else State.FINDING


def _keys(registry: Registry, names: list[str] | None) -> frozenset[str]:
    found = set()
    for name in names or ():
        source = registry.get(name) or registry.resolve(name)
        if source is None:
            raise UsageProblem(f"{name}: no such source", "auditor sources list names them all")
        found.add(source.key)
    return frozenset(found)
