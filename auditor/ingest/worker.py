"""The child process that reads hostile pages: one request in, one answer out, until its input ends.

    python -m auditor.ingest.worker

It limits its own memory and processor time and can be killed at any moment; its parent
(``auditor.ingest.child``) watches the clock. Both sides speak length-prefixed frames of JSON, so that
nothing a page does to this process can make the parent run anything. Knows no files and no store.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from auditor.errors import InputRejected
from auditor.ingest.agencies import Agencies, Agency

FRAME = struct.Struct(">I")
OUT_OF_MEMORY = 86  # exit code by which the parent knows
_GRACE_SECONDS = 2  # of processor time past the limit: the parent's clock comes first


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame: its length, then its bytes."""
    stream.write(FRAME.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame, None at the end of the stream."""
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    (length,) = FRAME.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not end up in an answer
    settings = json.loads(read_frame(requests) or b"{}")
    agencies = Agencies(
        tuple(
            Agency(key, tuple(names), tuple(domains)) for key, names, domains in settings.get("agencies", ())
        )
    )
    _warm_up()
    _limit_memory(int(settings["memory_bytes"]))
    write_frame(answers, b'{"ready": true}')
    while (raw := read_frame(requests)) is not None:
        _limit_seconds(float(settings["seconds"]))
        write_frame(answers, json.dumps(_answer(raw, agencies, fast=bool(settings["fast"]))).encode())


def _answer(raw: bytes, agencies: Agencies, *, fast: bool) -> dict[str, Any]:
    from auditor.ingest.page import read_page

    try:
        return {"page": asdict(read_page(raw, agencies, fast=fast))}
    except InputRejected as error:
        return {"rejected": [error.message, error.remedy]}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of this process can't be trusted
    except Exception as error:  # noqa: BLE001 - the edge where one input ends: any parser's bug is that page's
        return {"failed": f"its extraction broke: {type(error).__name__}: {error}"[:300]}


def _warm_up() -> None:
    """Import what extraction needs before memory is limited and the clock runs."""
    import trafilatura  # noqa: F401

    import auditor.ingest.page  # noqa: F401


def _limit_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_seconds(seconds: float) -> None:
    """Let this page use no more processor time, should the parent be gone and nobody watch the clock."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + seconds) + _GRACE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
