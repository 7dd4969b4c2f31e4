"""Setting a page's value in its template: everything escaped, styles and script hashed for the policy.

It knows where templates lie (through ``auditor.assets``) and nothing of stores, nor of what pages mean.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor.assets import templates_dir
from auditor.report import formats, wording
from auditor.report.compiled import compiled_before

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STYLES: Mapping[str, tuple[str, ...]] = {
    "story": ("base", "story"),
    "article": ("base", "article"),
    "single": ("base", "story", "article"),
    "pair": ("base", "article", "pair"),
    "evidence": ("base", "article", "pair"),
    "review_queue": ("base", "story", "review"),
    "review_case": ("base", "article", "pair", "review"),
    "review_login": ("base", "review"),
    "review_log": ("base", "review"),
    "review_users": ("base", "review"),
    "source": ("base", "source"),
    "sources": ("base",),
    "garbles": ("base", "garbles"),
    "garbles_of_kind": ("base", "garbles"),
    "method": ("base", "method"),
    "news": ("base", "overview"),
    "stories": ("base", "story", "overview"),
    "overview": ("base", "story", "overview"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A page's style and script with the policy that allows these and nothing else."""

    css: Markup
    script: Markup
    policy: str


def _shown(value: Any) -> Any:
    """What is printed for a value: nothing for None, a visible sign for characters HTML can't hold."""
    if value is None:
        return ""
    # Most values are short and printable, which is told several times as quickly as that none is a control.
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isprintable():
        return _CONTROLS.sub("\ufffd", value)
    return value


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class Renderer:
    """Sets pages from the templates of one folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or templates_dir()
        self._look = lru_cache(maxsize=32)(self._read_look)
        self._module = lru_cache(maxsize=32)(self._read_module)
        self._plain = lru_cache(maxsize=8)(self._environment)

    def _environment(
        self, root: str, linked: bool, local: Mapping[str, str] = MappingProxyType({})
    ) -> Environment:
        """Templates for pages of which every part knows how to link: imported parts are then made once."""
        made = Environment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
            auto_reload=False,
            bytecode_cache=compiled_before(),
        )
        made.filters["share"] = formats.share
        made.filters["number"] = formats.number
        made.filters["later"] = formats.later
        made.globals |= {
            "bands": tuple(wording.BANDS.values()),
            "root": root,
            "linked": linked,
            "local": local,
        }
        return made

    def page(
        self,
        name: str,
        page: object,
        *,
        zone: str,
        root: str = "",
        linked: bool = True,
        local: Mapping[str, str] | None = None,
        **more: object,
    ) -> str:
        """The HTML of a page.

        ``root`` leads to the report's folder, ``linked`` allows links there; ``local`` names the anchors in
        this file that stand for pages.
        """
        made = self._environment(root, linked, local) if local else self._plain(root, linked)
        template = made.get_template(f"pages/{name}.html.j2")
        return template.render(page=page, zone=zone, look=self._look(name), **more)

    def policy(self, name: str) -> str:
        """The content security policy of a page, for servers to send as a header too."""
        return self._look(name).policy

    def part(self, name: str, macro: str, value: object, *, root: str = "") -> Markup:
        """The HTML of a value by a macro of a part, as it stands on pages in a folder of the report."""
        found: Markup = getattr(self._module(name, root), macro)(value)
        return found

    def _read_module(self, name: str, root: str) -> Any:
        return self._plain(root, True).get_template(f"parts/{name}.html.j2").module

    def _read_look(self, name: str) -> Look:
        css = "".join(self._file("styles", f"{part}.css") for part in _STYLES.get(name, ("base",)))
        script = self._file("scripts", f"{name}.js")
        forms = "'self'" if name.startswith("review_") else "'none'"  # pages of the review application
        policy = f"default-src 'none'; style-src {_digest(css)}; base-uri 'none'; form-action {forms}"
        if script:
            policy += f"; script-src {_digest(script)}"
        # The two files are the project's own and hold no text of an article.
        return Look(Markup(css), Markup(script), policy)  # noqa: S704

    def _file(self, folder: str, name: str) -> str:
        path = self.folder / folder / name
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
