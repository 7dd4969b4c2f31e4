"""Agreements from TOML: the text of a file in, an agreement or its mistakes out, each with line and key.

All mistakes of a file are told at once, since whoever writes terms isn't a programmer. This module must not
know where files lie, and opens none.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from auditor.domain import CreditForm
from auditor.licensing import terms
from auditor.licensing.terms import Agreement, Changes, Defaults, Rule, RuleKind, Where

KEYS = ("name", "licensor", "licensees", "valid_from", "valid_until", "territory", "rules")
_HEADER = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*([\w."'-]+)\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a file of terms: where, what, and what to write instead."""

    file: str
    line: int
    key: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        what = f"{self.file}:{self.line}: {self.key}: {self.message}" if self.key else self._keyless()
        return f"{what} ({self.remedy})" if self.remedy else what

    def _keyless(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass
class _Page:
    """A file that is being read: where each key stands, and what was found wrong."""

    file: str
    lines: Mapping[str, int]
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, key: str, message: str, remedy: str = "") -> None:
        at = key
        while at and at not in self.lines:
            at = at.rpartition(".")[0]
        self.mistakes.append(Mistake(self.file, self.lines.get(at, 1), key, message, remedy))


def read_agreement(text: str, file: str) -> tuple[Agreement | None, tuple[Mistake, ...]]:
    """The agreement that a file's text holds, named after the file; None with all mistakes otherwise."""
    page = _Page(file, _lines(text))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        line = int(at[1]) if at else text.count("\n") + 1
        return None, (Mistake(file, line, "", f"not TOML: {problem}", "mend that line"),)
    _known(page, table, KEYS, "")
    name = file.rpartition("/")[2].removesuffix(".toml")
    found = Agreement(
        id=name,
        name=_text(page, table, "name") or name,
        licensor=_text(page, table, "licensor", required=True) or "",
        licensees=_texts(page, table, "licensees", required=True),
        rules=_rules(page, table.get("rules", {})),
        valid_from=_day(page, table, "valid_from"),
        valid_until=_day(page, table, "valid_until"),
        territory=_texts(page, table, "territory"),
    )
    if found.valid_from and found.valid_until and found.valid_until < found.valid_from:
        page.wrong("valid_until", "lies before valid_from", "exchange the two")
    return (None if page.mistakes else found), tuple(page.mistakes)


def read_defaults(text: str, file: str) -> tuple[Defaults, tuple[Mistake, ...]]:
    """What holds where nothing is agreed, from a file named ``defaults.toml``."""
    page = _Page(file, _lines(text))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        return Defaults(), (Mistake(file, int(at[1]) if at else 1, "", f"not TOML: {problem}"),)
    names = ("full_share", "full_words", "excerpt_words", "triage_copies", "triage_days")
    _known(page, table, names, "")
    values: dict[str, Any] = {}
    for name in names:
        if name in table:
            values[name] = (
                _share(page, table, name, name) if name == "full_share" else _count(page, table, name, name)
            )
    return (Defaults() if page.mistakes else Defaults(**values)), tuple(page.mistakes)


def _lines(text: str) -> dict[str, int]:
    """On which line each key stands, by its dotted path. Good enough for files that people write."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header:
            section = header[1].replace('"', "").replace(" ", "")
            found.setdefault(section, number)
        elif key:
            name = key[1].strip("\"'")
            found.setdefault(f"{section}.{name}" if section else name, number)
    return found


def line_of(text: str, key: str) -> int:
    """The line on which a key stands; the first where it doesn't."""
    return _lines(text).get(key, 1)


def _known(page: _Page, table: Mapping[str, object], names: tuple[str, ...], path: str) -> None:
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
            page.wrong(f"{path}{key}", "unknown key", remedy)


def _text(page: _Page, table: Mapping[str, object], key: str, *, required: bool = False) -> str | None:
    value = table.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or not value.strip():
        page.wrong(key, "missing" if value is None else "not text", f'write {key} = "…"')
        return None
    return value.strip()


def _texts(
    page: _Page, table: Mapping[str, object], key: str, *, required: bool = False, path: str = ""
) -> tuple[str, ...]:
    value = table.get(key)
    if value is None and not required:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        page.wrong(path + key, "missing" if value is None else "not a list of texts", f'write {key} = ["…"]')
        return ()
    if required and not value:
        page.wrong(path + key, "names nobody", f'write {key} = ["…"]')
    return tuple(one.strip() for one in value)


def _day(page: _Page, table: Mapping[str, object], key: str) -> date | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    page.wrong(key, "not a day", f"write {key} = 2026-01-31, without quotation marks")
    return None


# Rules


def _rules(page: _Page, table: object) -> tuple[Rule, ...]:
    if not isinstance(table, Mapping):
        page.wrong("rules", "not a table", "write [rules] and the rules below it")
        return ()
    _known(page, table, tuple(_READERS), "rules.")
    found = (_READERS[key](page, table, key) for key in _READERS if key in table)
    return tuple(rule for rule in found if rule is not None)


def _verbatim(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _flag(page, table, key)
    return None if value is None else terms.Verbatim(value)


def _source_share(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _share(page, table, key)
    return None if value is None else terms.SourceShare(value)


def _target_share(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _share(page, table, key)
    return None if value is None else terms.TargetShare(value)


def _words(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _count(page, table, key)
    return None if value is None else terms.Words(value)


def _credit(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = table[key]
    if value is True:
        return terms.CreditLine()
    inner = _inner(page, value, key, ("forms", "where", "text"), 'credit = {forms = ["dateline"]} or true')
    if inner is None:
        return None
    path = f"rules.{key}."
    forms = _forms(page, inner, path)
    where = _choice(page, inner, "where", path, Where, Where.ANY)
    text = inner.get("text")
    if text is not None and (not isinstance(text, str) or not text.strip()):
        page.wrong(f"{path}text", "not text", 'write text = "…"')
        return None
    return terms.CreditLine(forms, where, text.strip() if isinstance(text, str) else None)


def _forms(page: _Page, inner: Mapping[str, object], path: str) -> tuple[CreditForm, ...]:
    if "forms" not in inner:
        return terms.DEFAULT_FORMS
    known = {form.value for form in CreditForm}
    names = _texts(page, inner, "forms", required=True, path=path)
    for name in names:
        if name not in known:
            page.wrong(f"{path}forms", f"{name!r} is no form of a credit", f"there are {', '.join(known)}")
    return tuple(CreditForm(name) for name in names if name in known)


def _byline(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _flag(page, table, key)
    return None if value is None else terms.Byline(value)


def _dateline(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _flag(page, table, key)
    return None if value is None else terms.Dateline(value)


def _alterations(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _choice(page, table, key, "rules.", Changes, None)
    return None if value is None else terms.Alterations(value)


def _archive(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    inner = _inner(page, table[key], key, ("days",), "archive = {days = 30}")
    value = _count(page, inner, "days", f"rules.{key}.days") if inner is not None else None
    return None if value is None else terms.Archive(value)


def _embargo(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    if table[key] is True:
        return terms.Embargo()
    inner = _inner(page, table[key], key, ("hours",), "embargo = true, or embargo = {hours = 4}")
    value = _number(page, inner, "hours", f"rules.{key}.hours") if inner is not None else None
    return None if value is None else terms.Embargo(value)


def _corrections(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    example = "corrections = {hours = 6, kill_hours = 1}"
    inner = _inner(page, table[key], key, ("hours", "kill_hours"), example)
    if inner is None:
        return None
    hours = _number(page, inner, "hours", f"rules.{key}.hours")
    kill = _number(page, inner, "kill_hours", f"rules.{key}.kill_hours") if "kill_hours" in inner else hours
    return None if hours is None or kill is None else terms.Corrections(hours, kill)


def _advisory(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    if table[key] is True:
        return terms.Advisory()
    inner = _inner(page, table[key], key, ("marks",), 'advisory = true, or advisory = {marks = ["…"]}')
    return None if inner is None else terms.Advisory(_texts(page, inner, "marks", path=f"rules.{key}."))


def _republication(page: _Page, table: Mapping[str, object], key: str) -> Rule | None:
    value = _flag(page, table, key)
    return None if value is None else terms.Republication(value)


_READERS: dict[str, Callable[[_Page, Mapping[str, object], str], Rule | None]] = {
    RuleKind.VERBATIM.value: _verbatim,
    RuleKind.SOURCE_SHARE.value: _source_share,
    RuleKind.TARGET_SHARE.value: _target_share,
    RuleKind.WORDS.value: _words,
    RuleKind.CREDIT.value: _credit,
    RuleKind.BYLINE.value: _byline,
    RuleKind.DATELINE.value: _dateline,
    RuleKind.ALTERATIONS.value: _alterations,
    RuleKind.ARCHIVE.value: _archive,
    RuleKind.EMBARGO.value: _embargo,
    RuleKind.CORRECTIONS.value: _corrections,
    RuleKind.ADVISORY.value: _advisory,
    RuleKind.REPUBLICATION.value: _republication,
}


# Values of rules


def _flag(page: _Page, table: Mapping[str, object], key: str) -> bool | None:
    value = table[key]
    if isinstance(value, bool):
        return value
    page.wrong(f"rules.{key}", "neither true nor false", f"write {key} = true or {key} = false")
    return None


def _number(page: _Page, table: Mapping[str, object], key: str, path: str) -> float | None:
    value = table.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value)
    page.wrong(path, "missing" if value is None else "not a number from 0 up", f"write {key} = 6")
    return None


def _count(page: _Page, table: Mapping[str, object], key: str, path: str = "") -> int | None:
    value = table.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    path = path or f"rules.{key}"
    page.wrong(path, "missing" if value is None else "not a whole number from 0 up", f"write {key} = 150")
    return None


def _share(page: _Page, table: Mapping[str, object], key: str, path: str = "") -> float | None:
    value = table[key]
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    page.wrong(path or f"rules.{key}", "not a share from 0 to 1", f"write {key} = 0.8 for 80%")
    return None


def _choice(page: _Page, table: Mapping[str, object], key: str, path: str, kind: Any, default: Any) -> Any:
    if key not in table:
        return default
    try:
        return kind(table[key])
    except ValueError:
        known = ", ".join(repr(one.value) for one in kind)
        page.wrong(f"{path}{key}", f"is {table[key]!r}", f"it is one of {known}")
        return default


def _inner(
    page: _Page, value: object, key: str, names: tuple[str, ...], example: str
) -> Mapping[str, object] | None:
    if isinstance(value, Mapping):
        _known(page, value, names, f"rules.{key}.")
        return value
    page.wrong(f"rules.{key}", "not in the form of this rule", f"write {example}")
    return None
