"""Prepares this folder and starts Tidewaiter; needs only Python.

    python3 start.py demo [...]     the demonstration (without a screen: into ./demo-out)
    python3 start.py test [...]     every check of the project; more arguments go to pytest
    python3 start.py run [...]      main.py with these arguments
    python3 start.py hub [...]      the same as `run hub`, with only the packages of a hub

The first run makes `.venv` and installs the locked packages into it; later runs do so only when the
lock changed or a package is missing. pip uses its own settings for the package index. On Linux it
lists the missing system packages. As root on Debian and similar systems it also installs them,
without a question. With --no-system-packages it only lists them.
"""

from __future__ import annotations

import sys
from pathlib import Path

OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Exit status of the command; 3 when the environment cannot be prepared."""
    if not arguments or arguments[0] not in ("demo", "test", "run", "hub"):
        print((__doc__ or "").strip(), file=sys.stderr)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    if sys.version_info < OLDEST:
        found = f"{sys.version.split()[0]} ({sys.executable})"
        print(f"start: needs Python 3.11 or newer, this is {found}", file=sys.stderr)
        return 3
    # With PYTHONSAFEPATH Python does not add this folder to its search path.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from tools import verbs  # needs at least the Python version that was checked above

    return verbs.main(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
