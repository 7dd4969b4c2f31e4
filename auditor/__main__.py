"""``python -m auditor``: the command where the script isn't on the path. It knows nothing but the command."""

from __future__ import annotations

from auditor.cli import main

if __name__ == "__main__":
    main()
