"""All tables of the store, whoever looks after them: what a database is compared with, and looked through.

Each module of tables adds its own to one collection when it is imported, so they are all imported here.
"""

from __future__ import annotations

from auditor.storage import furniture_tables, licence_tables, review_tables, stamp_tables, tables

MODULES = (tables, stamp_tables, licence_tables, review_tables, furniture_tables)
METADATA = tables.METADATA
