"""How a measured program says that it is ready."""

from __future__ import annotations

import os
import time


def ready() -> None:
    """Print the moment (of the system's monotonic clock) and end at once."""
    print(time.monotonic(), flush=True)
    os._exit(0)
