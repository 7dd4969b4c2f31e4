"""The server that carries the review application: uvicorn on one address, by TLS where it has a certificate.

On the loopback address it may serve one person who was given its key. On any other it refuses without users,
and without TLS, its own or that of a proxy in front: passwords would go over the network for all to read.
"""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from auditor.errors import UsageProblem
from auditor.jobs.users import has_users
from auditor.registry import Registry
from auditor.web.application import make_application
from auditor.web.gate import LOOPBACK, Hosts
from auditor.web.visit import Office

if TYPE_CHECKING:
    from auditor.storage import Store

# A few people's clicks; more connections than that are nobody's.
_MOST_CONNECTIONS = 100
_SECONDS_SILENT = 15
# Addresses that mean every network of this machine.
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to be refused without a name


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen, and how browsers get there: ``names`` are those in the address they ask for."""

    host: str = "127.0.0.1"
    port: int = 8642
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    private_key: Path | None = None
    behind_proxy: bool = False

    @property
    def is_private(self) -> bool:
        """Can only this machine reach it? A proxy on this machine lets others in."""
        if self.behind_proxy or self.names:
            return False
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names by which it may be asked for, the one to show first."""
        if self.is_private:
            return LOOPBACK
        own = f"[{self.host}]" if ":" in self.host else self.host
        return (*self.names, own)

    @property
    def is_secure(self) -> bool:
        """Do browsers reach it by TLS?"""
        return self.certificate is not None or self.behind_proxy


class ReviewServer:
    """A server that is bound to its address and ready to serve; ``address`` is what to open."""

    def __init__(self, server: uvicorn.Server, bound: socket.socket, address: str, office: Office) -> None:
        self._server, self._bound = server, bound
        self.address, self.office = address, office

    def serve(self) -> None:
        """Serve until Ctrl-C or ``stop``."""
        with self._bound:
            self._server.run(sockets=[self._bound])

    def stop(self) -> None:
        """End serving, from another thread."""
        self._server.should_exit = True


def make_review_server(
    store: Store,
    registry: Registry,
    listening: Listening,
    *,
    reviewer: str | None,
    second: tuple[str, ...] = (),
) -> ReviewServer:
    """A server ready to serve. Raises UsageProblem where it may not listen there, or the port is taken."""
    has_logins = has_users(store)
    _expect_allowed(listening, has_logins, reviewer)
    bound = _bound(listening)
    port = bound.getsockname()[1]
    names = listening.all_names
    key = None if has_logins else secrets.token_urlsafe(24)
    office = Office(
        store,
        registry,
        Hosts(names, port),
        key=key,
        reviewer=None if has_logins else reviewer,
        second=second,
        is_secure=listening.is_secure,
    )
    shown = names[0] if listening.behind_proxy and listening.names else f"{names[0]}:{port}"
    address = f"{'https' if listening.is_secure else 'http'}://{shown}/{f'enter?key={key}' if key else ''}"
    try:
        return ReviewServer(_server(office, listening), bound, address, office)
    except UsageProblem:
        bound.close()
        raise


def _expect_allowed(listening: Listening, has_logins: bool, reviewer: str | None) -> None:
    if has_logins and reviewer is not None:
        raise UsageProblem("this store has users", "leave --reviewer out: whoever decides logs in")
    if not has_logins and reviewer is None:
        raise UsageProblem("nobody is named as the reviewer", "give --reviewer NAME")
    if (listening.certificate is None) != (listening.private_key is None):
        raise UsageProblem("a certificate needs its private key", "give --certificate and --private-key")
    if listening.is_private:
        return
    if not has_logins:
        raise UsageProblem(
            f"others could reach {listening.host}, and the store has no users",
            "make users first (auditor users add NAME), or leave --host, --name and --behind-proxy out",
        )
    if listening.host in _EVERYWHERE and not listening.names:
        raise UsageProblem(
            f"{listening.host} is no name that a browser asks for", "give --name, as in review.example"
        )
    if not listening.is_secure:
        raise UsageProblem(
            f"passwords would go to {listening.host} for all to read",
            "give --certificate and --private-key, or --behind-proxy where a proxy does TLS",
        )


def _bound(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    try:
        return socket.create_server((listening.host, listening.port), family=family)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise UsageProblem(
            f"{listening.host} port {listening.port}: {reason}", "give another --port or --host"
        ) from problem


def _server(office: Office, listening: Listening) -> uvicorn.Server:
    config = uvicorn.Config(
        make_application(office),
        access_log=False,  # addresses hold the key
        log_level="warning",
        server_header=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_SECONDS_SILENT,
        timeout_graceful_shutdown=_SECONDS_SILENT,
        proxy_headers=listening.behind_proxy,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.private_key,
    )
    try:
        config.load()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise UsageProblem(f"the certificate can't be used: {reason}", "name files in PEM") from problem
    return uvicorn.Server(config)
