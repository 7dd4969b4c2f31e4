"""Reads settings with pydantic-settings and says in one line what is wrong with them.

Slow to import (0.4 s): only ``load_settings`` imports it, when it is called. It must not know what the
settings are used for.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from auditor.config.settings import FILE_NAME, Nightly, Settings, masked
from auditor.domain import Source
from auditor.errors import ConfigProblem
from auditor.sources import parse_sources

PREFIX = "AUDITOR_"
FLAG = "flag"
# far above any machine, far below what a mistyped number would start
MOST_PROCESSES = 1024
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")

_REMEDIES = {
    "database": "write sqlite:///FILE.db or postgresql://USER@HOST/NAME",
    "report": "write the folder that reports go to",
    "processes": f"write a whole number from 1 to {MOST_PROCESSES}",
    "time_zone": "write a zone as in Europe/Vienna, or UTC",
    "licences": "write the folder that holds the agreements",
    "captures": "write true or false",
    "second_sign_off": 'write a list of decisions as in ["unlicensed", "false-match"]',
    "sources": "write [sources.KEY] with name, kind, domains, aliases, credits, datelines, owner",
    "nightly": "write [nightly] with the settings that auditor init explains",
    "nightly.steps": 'write a list of "ingest", "audit", "findings", "changes", "prune", "report", "export"',
    "nightly.inbox": 'write a list of folders as in ["inbox"]',
    "nightly.done": 'write "move" or "mark"',
    "nightly.tries": "write a whole number, 1 or more",
    "nightly.export": (
        'write a list of "articles", "matches", "lineage", "garbles", "stale", "reconstructions", "prov"'
    ),
    "nightly.format": 'write "jsonl" or "csv"',
    "nightly.retention": 'write [nightly.retention] with lines as in ap = 30 or "*" = 365',
    "nightly.fail_on": 'write "high", "medium" or "low"',
    "nightly.stale_after": "write a number of seconds, 60 or more",
}


def _is_database(value: str) -> str:
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in DATABASES:
        raise ValueError(f"{masked(value)!r} isn't the address of a SQLite or PostgreSQL database")
    return value


def _is_zone(value: str) -> str:
    if value != "UTC":
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as problem:
            raise ValueError(f"no time zone is called {value!r}") from problem
    return value


Decided = Literal[
    "licensed",
    "unlicensed",
    "fair-dealing",
    "independent-report",
    "common-source",
    "false-match",
    "needs-information",
]
Step = Literal["ingest", "audit", "findings", "changes", "prune", "report", "export"]
Export = Literal["articles", "matches", "lineage", "garbles", "stale", "reconstructions", "prov"]
Days = Annotated[int, Field(ge=0)]


class _Nightly(BaseModel):
    """The table [nightly]; its defaults are those of ``Nightly``."""

    model_config = ConfigDict(extra="forbid")

    steps: tuple[Step, ...] = Nightly().steps  # type: ignore[assignment]
    inbox: Annotated[tuple[Path, ...], Field(min_length=1)] = Nightly().inbox
    done: Literal["move", "mark"] = "move"
    tries: Annotated[int, Field(ge=1)] = Nightly().tries
    exports: Path = Nightly().exports
    export: tuple[Export, ...] = Nightly().export  # type: ignore[assignment]
    format: Literal["jsonl", "csv"] = "jsonl"
    retention: dict[str, Days] = {}
    fail_on: Literal["high", "medium", "low"] | None = None
    # below a minute a holder that waits for another writer would count as dead
    stale_after: Annotated[int, Field(ge=60)] = Nightly().stale_after
    metrics: Path | None = None
    log: Path | None = None


class _Schema(BaseSettings):
    """The settings and their defaults, as pydantic-settings reads them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid")

    database: Annotated[str, AfterValidator(_is_database)] = "sqlite:///auditor.db"
    report: Path = Path("report")
    processes: Annotated[int, Field(ge=1, le=MOST_PROCESSES)] = min(os.cpu_count() or 1, MOST_PROCESSES)
    time_zone: Annotated[str, AfterValidator(_is_zone)] = "UTC"
    licences: Path = Path("licences")
    captures: bool = False
    second_sign_off: tuple[Decided, ...] = ()
    sources: dict[str, Any] = {}
    nightly: _Nightly = _Nightly()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  (the framework's signature)
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_named: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what ``read_settings`` hands in: it asks the sources itself, to know who said what."""
        return (init_settings,)


def read_settings(flags: Mapping[str, object], config: Path | None) -> Settings:
    """Ask flags, environment and file in this order; the first that names a setting has said it."""
    file = _settings_file(config)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, said in (
        (FLAG, InitSettingsSource(_Schema, dict(flags))()),
        (PREFIX, _environment()),
        (str(file), _file_values(file)),
    ):
        for name, value in said.items():
            if name not in values:
                values[name] = value
                told = f"{PREFIX}{name.upper()}" if origin == PREFIX else origin
                origins[name] = told
                if name == "nightly" and isinstance(value, Mapping):
                    origins |= {f"nightly.{part}": told for part in value}
    try:
        checked = _Schema(**values)
    except ValidationError as problem:
        _refuse(problem, origins)
    return Settings(
        database=checked.database,
        report=checked.report,
        processes=checked.processes,
        time_zone=checked.time_zone,
        licences=checked.licences,
        captures=checked.captures,
        second_sign_off=checked.second_sign_off,
        sources=_sources(checked.sources, origins),
        nightly=Nightly(**{name: getattr(checked.nightly, name) for name in _Nightly.model_fields}),
        file=file,
        origins=origins,
    )


def _sources(tables: Mapping[str, Any], origins: Mapping[str, str]) -> tuple[Source, ...]:
    try:
        return parse_sources(tables)
    except ConfigProblem as problem:
        raise ConfigProblem(f"{origins['sources']}: {problem.message}", problem.remedy) from None


def _settings_file(config: Path | None) -> Path | None:
    if config is None:
        usual = Path(FILE_NAME)
        return usual if usual.is_file() else None
    if not config.is_file():
        raise ConfigProblem(
            f"{config}: no such file of settings", "name one that exists, or leave --config out"
        )
    return config


def _environment() -> dict[str, Any]:
    try:
        return EnvSettingsSource(_Schema)()
    except SettingsError as problem:
        name = "nightly" if "nightly" in str(problem) else "sources"
        reason = f"{PREFIX}{name.upper()}: not a table of {'settings' if name == 'nightly' else 'sources'}"
        raise ConfigProblem(reason, _REMEDIES[name]) from problem


def _file_values(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return TomlConfigSettingsSource(_Schema, file)()
    except tomllib.TOMLDecodeError as problem:
        raise ConfigProblem(f"{file}: not TOML: {problem}", "mend that line") from problem
    except UnicodeDecodeError as problem:
        raise ConfigProblem(f"{file}: not UTF-8", "save it as UTF-8") from problem
    except OSError as problem:
        raise ConfigProblem(f"{file}: {problem.strerror}", "make it readable, or leave it out") from problem


def _refuse(problem: ValidationError, origins: Mapping[str, str]) -> NoReturn:
    first = problem.errors(include_url=False, include_input=False)[0]
    table = str(first["loc"][0])
    where = origins.get(table, FLAG)
    is_part = table == "nightly" and len(first["loc"]) > 1
    own = str(first["loc"][1] if is_part else table)
    name = f"nightly.{own}" if is_part else table
    if first["type"] == "extra_forbidden":
        known = list(_Nightly.model_fields if is_part else _Schema.model_fields)
        near = difflib.get_close_matches(own, known, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        raise ConfigProblem(f"{where}: unknown setting {name!r}", remedy) from None
    what = first["msg"].removeprefix("Value error, ")
    raise ConfigProblem(f"{where}: {name}: {what}", _REMEDIES.get(name, _REMEDIES[table])) from None
