"""Makes the place ready and starts Tidewaiter, with nothing but Python itself.

    python3 start.py demo [...]     the demonstration (without a screen: into ./demo-out)
    python3 start.py test [...]     every check of the project; more words go to pytest
    python3 start.py run [...]      main.py with these words
    python3 start.py hub [...]      the same as `run hub`, with the packages of a hub alone

The first time it makes `.venv` and installs the locked packages into it; later only when the lock
changed or a package was lost. pip keeps its own settings of where packages come from. On Linux it
names the system packages that are missing; as root on Debian and its kin it then installs them,
and never asks. With --no-system-packages it names them only.
"""

from __future__ import annotations

import sys
from pathlib import Path

OLDEST = (3, 11)


def main(words: list[str]) -> int:
    """Exit status of what was asked for; 3 when the place cannot be made ready."""
    if not words or words[0] not in ("demo", "test", "run", "hub"):
        print((__doc__ or "").strip(), file=sys.stderr)
        return 0 if words and words[0] in ("-h", "--help") else 2
    if sys.version_info < OLDEST:
        found = f"{sys.version.split()[0]} ({sys.executable})"
        print(f"start: needs Python 3.11 or newer, this is {found}", file=sys.stderr)
        return 3
    # Python does not put this folder first by itself when PYTHONSAFEPATH is set.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from tools import verbs  # written for the Python that was looked at above

    return verbs.main(words[0], words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
