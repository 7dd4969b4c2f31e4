"""The main text of a page, by trafilatura: paragraphs as lines, nothing added.

Knows one extractor and its settings. Trafilatura's own metadata isn't used: it drops times of day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements of trafilatura's tree that stand on a line of their own.
_LINES = frozenset(("p", "head", "item", "quote", "code", "row", "table", "list", "body", "fw", "div"))
_SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML folds; a no-break space stays
_BREAK = "lb"
_CELL = "cell"


def main_text(tree: HtmlElement, *, fast: bool = False) -> str:
    """The main text of a parsed page, one line a paragraph; empty where there is none.

    ``fast`` leaves out the fallback extractors; see docs/measurements.md for what that costs and saves.
    Precision is favoured only in full mode: in fast mode it loses a twentieth of the words.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        fast=fast,
        favor_precision=not fast,
        include_comments=False,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    return "" if body is None else "\n".join(_lines(body))


def _lines(body: HtmlElement) -> list[str]:
    """The lines of trafilatura's tree, white space folded, no marks added for lists, quotes or tables."""
    from lxml import etree

    lines: list[list[str]] = [[]]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LINES or (element.tag == _BREAK and event == "start"):
            lines.append([])
        if event == "start":
            lines[-1].append(element.text or "")
        else:
            if element.tag == _CELL:
                lines[-1].append(" ")
            if element is not body:
                lines[-1].append(element.tail or "")
    folded = (_SPACE.sub(" ", "".join(parts)).strip(" ") for parts in lines)
    return [line for line in folded if line]
