"""A story as one file, to be sent to someone: its page, and below it every text with its marks.

It reads the store for one story only. Links to other pages become links within the file or plain words.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.errors import WriteProblem
from auditor.registry import Registry
from auditor.report import gather, naming
from auditor.report.render import Renderer
from auditor.report.store import ReportStore
from auditor.report.views.article import article_page
from auditor.report.views.story import story_page


def write_single(
    store: ReportStore, registry: Registry, story_id: str, out: Path, zone: ZoneInfo, templates: Path | None
) -> int:
    """Write a story as one page and return its size in bytes; raises NotFound, WriteProblem."""
    story = store.story(story_id)
    members = gather.of_story(store, story, registry, zone)
    page = story_page(story, members, registry, zone)
    articles = [article_page(facts, registry) for facts in members]
    local = {article.head.href: "a-" + naming.digest(article.head.id) for article in articles}
    html = Renderer(templates).page(
        "single", page, zone=str(zone), linked=False, local=local, articles=articles, page_files=()
    )
    content = html.encode("utf-8", "replace")
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(out)
    except OSError as problem:
        part.unlink(missing_ok=True)
        reason = problem.strerror or type(problem).__name__
        raise WriteProblem(
            f"the story can't be written to {out}: {reason}", "what stood there still does"
        ) from problem
    return len(content)
