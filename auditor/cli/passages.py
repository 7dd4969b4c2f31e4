"""How the terminal shows an article's passages with their parents and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from auditor.domain import MatchKind, Relation, Severity

if TYPE_CHECKING:
    from auditor.cli.session import Session
    from auditor.domain import Article
    from auditor.jobs.trace import Traced, TracedPassage

BANDS = {
    MatchKind.VERBATIM: ("verbatim", "blue"),
    MatchKind.EDITED: ("edited", "green"),
    MatchKind.REWORDED: ("reworded", "yellow"),
    MatchKind.QUOTATION: ("quotation", "magenta"),
}
RELATIONS = {
    Relation.COPY: "derives from",
    Relation.COMMON_SOURCE: "has a common source with",
    Relation.UNDECIDED: "shares text, and who took it from whom can't be told, with",
}
SHOWN = 110
HARM = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "dim"}


def print_traced(session: Session, traced: Traced) -> None:
    """Print the verdict, then each derived passage with its parent, origin, evidence and garbles."""
    out = session.out
    out.print(Text(traced.heading(), style="bold"))
    out.print(Text(traced.verdict_sentence()))
    for passage in traced.passages:
        out.print()
        _print_passage(session, traced.article, passage)
    loose = [garble for garble in traced.garbles if not any(garble in p.garbles for p in traced.passages)]
    if loose:
        out.print()
        out.print(Text("In the text itself:", style="bold"))
        for garble in loose:
            out.print(_garble_line(garble.kind.value, garble.severity, garble.before, garble.after))


def _print_passage(session: Session, article: Article, passage: TracedPassage) -> None:
    band, style = BANDS[passage.derivation.kind]
    line = Text()
    line.append(f"{band:<10}", style=style)
    line.append(f"{passage.derivation.span.start}–{passage.derivation.span.end}  ", style="dim")
    line.append(_short(passage.text))
    session.out.print(line)
    session.out.print(Text(f"  {passage.sentence()}"))
    for item in passage.derivation.evidence:
        sign = "+" if item.weight >= 0 else "−"
        session.out.print(Text(f"    {sign} {item.detail} ({item.weight:+.1f})", style="dim"))
    for one in passage.stale:
        line = Text("    ! ")
        line.append("out of date: ", style="bold red")
        session.out.print(line.append(f"“{_short(one.span.of(article.text))}”: {one.detail}"))
    for garble in passage.garbles:
        session.out.print(_garble_line(garble.kind.value, garble.severity, garble.before, garble.after))


def _garble_line(kind: str, severity: Severity, before: str, after: str) -> Text:
    line = Text("    ! ")
    line.append(f"{kind}, {severity.value}: ", style=HARM[severity])
    line.append(f"“{_short(before)}” → “{_short(after)}”")
    return line


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= SHOWN else joined[: SHOWN - 1] + "…"
