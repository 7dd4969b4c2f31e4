"""The shape that the code keeps beyond what import-linter checks: sizes, introductions, what stays out."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import auditor

PACKAGE = Path(auditor.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)
# what one can hold in mind; the aim is 400 and 40, and a little more is no defect
MOST_LINES_OF_A_MODULE = 450
MOST_LINES_OF_A_FUNCTION = 60


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_introduces_itself(module: Path) -> None:
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert len(said.split()) >= 4, f"{_name(module)} says nothing of what it is for"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_and_its_functions_can_be_held_in_mind(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES_OF_A_MODULE, _name(module)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= MOST_LINES_OF_A_FUNCTION, f"{_name(module)}: {node.name} has {lines} lines"


def test_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert not [_name(path) for path in MODULES if path.stem in nothing]


@pytest.mark.parametrize("module", ["auditor.domain", "auditor.errors", "auditor.registry", "auditor.config"])
def test_the_shared_words_are_cheap_to_import(module: str) -> None:
    heavy = ("numpy", "sqlmodel", "sqlalchemy", "pydantic", "trafilatura", "lxml", "jinja2", "rich", "typer")
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
