"""No table is forgotten where databases are compared and looked through."""

from __future__ import annotations

from pathlib import Path

from auditor.storage import schema


def test_every_module_of_tables_is_one_of_the_schemas() -> None:
    assert schema.__file__ is not None
    folder = Path(schema.__file__).parent
    assert {Path(str(module.__file__)).name for module in schema.MODULES} == {
        file.name for file in folder.glob("*tables.py")
    }
