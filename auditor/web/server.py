"""The server that carries the review application, from the standard library: a few people's clicks, no more.

It listens on the loopback address and on no other: without users and passwords it may not be reached from
elsewhere.
"""

from __future__ import annotations

from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from auditor.errors import UsageProblem
from auditor.registry import Registry
from auditor.web.application import Application
from auditor.web.gate import Gate

if TYPE_CHECKING:
    from auditor.storage import Store

ADDRESS = "127.0.0.1"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request: addresses hold the key."""

    timeout = 30  # seconds that a connection may be silent

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the framework's name
        """Say nothing."""


def make_review_server(
    store: Store, registry: Registry, *, port: int, reviewer: str
) -> tuple[WSGIServer, str]:
    """A server ready to serve, and the address to open. Raises UsageProblem where the port is taken."""
    try:
        server = make_server(ADDRESS, port, _refuse, _Server, _Quiet)
    except OSError as problem:
        raise UsageProblem(f"port {port}: {problem.strerror}", "give another --port") from problem
    gate = Gate(server.server_port)
    server.set_app(Application(store, registry, gate, reviewer))
    return server, f"http://{ADDRESS}:{server.server_port}/enter?key={gate.key}"


def _refuse(_environ: object, _start_response: object) -> list[bytes]:
    """Stand in until the port is known."""
    return []
