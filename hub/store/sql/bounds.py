"""The ends of everything that is ordered: days, arrivals, and times in milliseconds since 1970."""

from __future__ import annotations

FIRST, LAST = -(2**62), 2**62
"""Before and after all of them."""
