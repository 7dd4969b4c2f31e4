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
from typing import Annotated, Any, NoReturn
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from auditor.config.settings import FILE_NAME, Settings, masked
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
    "sources": "write [sources.KEY] with name, kind, domains, aliases, credits, datelines, owner",
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


class _Schema(BaseSettings):
    """The settings and their defaults, as pydantic-settings reads them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid")

    database: Annotated[str, AfterValidator(_is_database)] = "sqlite:///auditor.db"
    report: Path = Path("report")
    processes: Annotated[int, Field(ge=1, le=MOST_PROCESSES)] = min(os.cpu_count() or 1, MOST_PROCESSES)
    time_zone: Annotated[str, AfterValidator(_is_zone)] = "UTC"
    sources: dict[str, Any] = {}

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
                origins[name] = f"{PREFIX}{name.upper()}" if origin == PREFIX else origin
    try:
        checked = _Schema(**values)
    except ValidationError as problem:
        _refuse(problem, origins)
    return Settings(
        database=checked.database,
        report=checked.report,
        processes=checked.processes,
        time_zone=checked.time_zone,
        sources=_sources(checked.sources, origins),
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
        raise ConfigProblem(f"{PREFIX}SOURCES: not a table of sources", _REMEDIES["sources"]) from problem


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
    name = str(first["loc"][0])
    where = origins.get(name, FLAG)
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, _Schema.model_fields, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(_Schema.model_fields)}"
        raise ConfigProblem(f"{where}: unknown setting {name!r}", remedy) from None
    what = first["msg"].removeprefix("Value error, ")
    raise ConfigProblem(f"{where}: {name}: {what}", _REMEDIES[name]) from None
