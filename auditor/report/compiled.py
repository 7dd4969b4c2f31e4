"""Templates that were compiled before, kept where Jinja keeps such things for this user.

Compiling them all takes a third of a second, as long as the news of a small night. What can't be kept or read
is compiled again, and that is all that happens. It must not know what any template is for.
"""

from __future__ import annotations

from contextlib import suppress

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _Compiled(FileSystemBytecodeCache):
    """Jinja's own, for which a full disk or a folder of someone else's is no reason to fail."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was compiled from the same template, if anything was."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if that can be done."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_before() -> BytecodeCache | None:
    """The templates that this user has compiled before; None where there is no safe place for them.

    The folder is the user's own and nobody else may write to it: it is code that is run.
    """
    try:
        return _Compiled()
    except (OSError, RuntimeError):
        return None
