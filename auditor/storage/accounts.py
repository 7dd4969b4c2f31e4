"""Stores who may log in to the review application, and to whom cases are given.

Must not know how a password is hashed, nor what a role may do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select, update

from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem
from auditor.storage.connected import Connected, insert_rows
from auditor.storage.review_tables import ACCOUNT, ASSIGNMENT
from auditor.storage.rows import AnyRow, legible, moment_of, moment_text


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in while ``disabled`` is None; ``password`` is a hash."""

    name: str
    role: str
    password: str
    created: Moment
    disabled: Moment | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A case given to ``assignee`` (None: to nobody any more) by ``by``."""

    number: int
    at: Moment
    case: str
    assignee: str | None
    by: str


class Accounts(Connected):
    """The accounts of a store, and the assignments of its cases."""

    def add_account(self, account: Account) -> None:
        """Keep a new account. Raises UsageProblem where there is one of that name already."""
        with self._writing() as connection:
            known = connection.execute(select(ACCOUNT.c.name).where(ACCOUNT.c.name == account.name)).first()
            if known:
                raise UsageProblem(f"there is a user {account.name!r} already", "choose another name")
            row = {
                "name": account.name,
                "role": account.role,
                "password": account.password,
                "created_at": moment_text(account.created),
                "disabled_at": moment_text(account.disabled),
            }
            insert_rows(connection, ACCOUNT, [row])

    def accounts(self) -> tuple[Account, ...]:
        """Every account, sorted by name."""
        return tuple(map(_account, self._rows(select(ACCOUNT).order_by(ACCOUNT.c.name))))

    def account(self, name: str) -> Account | None:
        """The account of that name."""
        row = self._row(select(ACCOUNT).where(ACCOUNT.c.name == legible(name)))
        return _account(row) if row else None

    def change_account(
        self, name: str, *, password: str | None = None, disabled: Moment | None = None
    ) -> None:
        """Give an account a new password, or end it. Raises NotFound."""
        values: dict[str, str] = {}
        if password is not None:
            values["password"] = password
        if disabled is not None:
            values["disabled_at"] = str(disabled)
        with self._writing() as connection:
            this = update(ACCOUNT).where(ACCOUNT.c.name == legible(name))
            if not values or not connection.execute(this.values(**values)).rowcount:
                raise NotFound(f"no user {name!r} in this store", "see auditor users list")

    def assign(self, assignment: Assignment) -> Assignment:
        """Add an assignment after the last one; its number is given here."""
        with self._writing() as connection:
            last = connection.execute(select(func.max(ASSIGNMENT.c.number))).scalar() or 0
            placed = replace(assignment, number=last + 1)
            row = {
                "number": placed.number,
                "at": moment_text(placed.at),
                "case_id": placed.case,
                "assignee": placed.assignee,
                "assigned_by": placed.by,
            }
            insert_rows(connection, ASSIGNMENT, [row])
        return placed

    def assignments(self, case: str | None = None) -> Iterator[Assignment]:
        """Every assignment in the order in which they were made; with a case, only of that."""
        query = select(ASSIGNMENT).order_by(ASSIGNMENT.c.number)
        if case is not None:
            query = query.where(ASSIGNMENT.c.case_id == legible(case))
        return map(_assignment, self._rows(query))


def _account(row: AnyRow) -> Account:
    disabled = moment_of(row.disabled_at)
    return Account(row.name, row.role, row.password, Moment.parse(row.created_at), disabled)


def _assignment(row: AnyRow) -> Assignment:
    return Assignment(row.number, Moment.parse(row.at), row.case_id, row.assignee, row.assigned_by)
