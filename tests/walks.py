"""Walks through many values: a sample of them by day, all of them with `--long`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def seldom(*values: Any) -> Any:
    """A set of values that is tried with `--long` alone."""
    return pytest.param(*values, marks=pytest.mark.long)


def pairs(first: Iterable[object], second: Iterable[object]) -> Sequence[Any]:
    """Every value of `first` with every one of `second`; by day each value at least once."""
    ones, others = list(first), list(second)
    steps = range(max(len(ones), len(others)))
    by_day = {(step % len(ones), step % len(others)) for step in steps}
    return [
        (one, other) if (i, k) in by_day else seldom(one, other)
        for i, one in enumerate(ones)
        for k, other in enumerate(others)
    ]
