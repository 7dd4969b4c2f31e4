"""From named values, as JSONL and manifests give them, to an article: the keys of FORMATS.md, checked.

Knows no file and no format. The text is taken as it is or refused; an unknown key is never an error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from auditor.domain import Article, Moment, Source, Status
from auditor.errors import InputRejected
from auditor.ingest.decoding import storable, unstorable_at
from auditor.ingest.limits import DEFAULT_LIMITS, Limits
from auditor.ingest.sources import Sources

TEXTS = ("url", "title", "byline", "credit", "language")
KEYS = frozenset(
    {"id", "text", "source", "series", "published_at", "captured_at", "revises", "status", *TEXTS}
)
LONGEST_ID = 500  # code points; a PostgreSQL index entry holds some 2,700 bytes, four a code point
_DEEPEST = 40  # levels of an unknown key's value; databases and JSON readers have limits of their own
_STATUSES = {status.value: status for status in Status} | {"cancelled": Status.CANCELED}


def article_of(
    record: Mapping[str, Any], sources: Sources, limits: Limits = DEFAULT_LIMITS
) -> tuple[Article, Source | None]:
    """The article that a record with the keys of FORMATS.md describes, and its source where that is new.

    Raises InputRejected where a required key is missing or a value isn't what its key asks for.
    """
    url = text_at(record, "url")
    source, new = sources.of(text_at(record, "source") or text_at(record, "series"), url)
    article = Article(
        id=checked_id(_required(record, "id")),
        text=checked_text(_required(record, "text"), limits),
        source=source,
        url=url,
        title=text_at(record, "title"),
        byline=text_at(record, "byline"),
        credit=text_at(record, "credit"),
        language=text_at(record, "language"),
        published=moment_at(record, "published_at"),
        captured=moment_at(record, "captured_at"),
        revises=_revised(record),
        status=status_at(record),
        extra=unknown(record),
    )
    return article, new


def checked_id(name: str) -> str:
    """The id itself. Raises InputRejected where no store or export could hold it."""
    if not name.strip():
        raise InputRejected("its id is empty", "give each article a name of its own")
    if len(name) > LONGEST_ID:
        raise InputRejected(f"its id is longer than {LONGEST_ID} characters", "give it a shorter one")
    if unstorable_at(name) is not None or any(char in name for char in "\n\r\t"):
        raise InputRejected("its id holds a control character", "use letters, digits and punctuation")
    return name


def checked_text(text: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text itself. Raises InputRejected where there is none, too much, or what no database stores."""
    if not text or text.isspace():
        raise InputRejected("its text is empty", "give the article's text")
    if len(text) > limits.input_bytes:
        raise InputRejected(f"its text is longer than {limits.input_bytes:,} characters", "split it")
    at = unstorable_at(text)
    if at is not None:
        what = "a NUL" if text[at] == "\0" else "half of a surrogate pair"
        raise InputRejected(f"its text holds {what} at character {at}, which no database stores", "remove it")
    return text


def text_at(record: Mapping[str, Any], key: str) -> str | None:
    """The text under a key; None where it is missing, null or blank. Raises InputRejected if no text."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputRejected(f'its "{key}" is {_kind(value)}', "write it as a string")
    return storable(value) if value.strip() else None


def moment_at(record: Mapping[str, Any], key: str) -> Moment | None:
    """The time under a key, None where there is none. Raises InputRejected where it can't be read.

    A wrong time would put the article at a wrong place, and none would hide that one was given.
    """
    text = text_at(record, key)
    if text is None:
        return None
    try:
        return Moment.parse(text)
    except (ValueError, OverflowError) as error:
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise InputRejected(
            f'its "{key}" isn\'t a time: "{shown}"', "write 2015-12-11 or 2015-12-11T14:05:00Z"
        ) from error


def status_at(record: Mapping[str, Any]) -> Status:
    """The wire status; usable where none is given. Raises InputRejected for an unknown one."""
    text = text_at(record, "status")
    status = _STATUSES.get(text.strip().lower()) if text else Status.USABLE
    if status is None:
        raise InputRejected(f'its "status" is unknown: "{text}"', f"use one of {', '.join(Status)}")
    return status


def unknown(record: Mapping[str, Any]) -> dict[str, Any]:
    """What stands under keys that FORMATS.md doesn't name, made storable; ``extra`` itself is merged in."""
    rest = {str(key): value for key, value in record.items() if key not in KEYS and value is not None}
    inner = rest.get("extra")
    if isinstance(inner, Mapping):
        del rest["extra"]
        rest = {**{str(key): value for key, value in inner.items()}, **rest}
    return {storable(key): _storable(value, 0) for key, value in rest.items()}


def _revised(record: Mapping[str, Any]) -> str | None:
    name = text_at(record, "revises")
    return checked_id(name) if name else None


def _required(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        raise InputRejected(f'it has no "{key}"', "every article needs an id and a text")
    if not isinstance(value, str):
        raise InputRejected(f'its "{key}" is {_kind(value)}', "write it as a string")
    return value


def _kind(value: object) -> str:
    kinds: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return kinds.get(type(value), "an object")


def _storable(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return storable(value)
    if depth == _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {storable(str(key)): _storable(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner, depth + 1) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON, and with it the database, has no such numbers
    return value
