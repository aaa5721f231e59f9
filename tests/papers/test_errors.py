"""The error tree drawn at the top of the room is the tree there is."""

from __future__ import annotations

import inspect

from papers import errors


def test_the_drawn_tree_is_complete() -> None:
    drawn = errors.__doc__ or ""
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if kind.__module__ == errors.__name__:
            assert name in drawn
