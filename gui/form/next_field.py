"""Finds the field that Enter leads to: the next one that must be filled."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.document import Document, value_at
from gui.form.layout import FormDescription


def next_field(
    form: FormDescription,
    paths: Sequence[str],
    here: str,
    document: Document,
    faults: Collection[str],
) -> str | None:
    """The path that Enter at `here` leads to; None when no field must be filled.

    `paths` are the fields that are shown, in reading order; `faults` the paths whose faults prevent
    the record from becoming final. Fields with a value, proposed fields and optional fields are
    skipped. Where a value is worked out from two fields and one of them is filled, the other one is
    wanted, not the value itself.
    """

    def stops(path: str) -> bool:
        ask = form.ask_at(path)
        wanted = path in faults or (ask is not None and ask.stop)
        return wanted and value_at(document, path) in (None, "", [])

    index = paths.index(here) if here in paths else -1
    ahead = next((path for path in paths[index + 1 :] if stops(path)), None)
    # Before `here` only required fields count: the officer skipped the others on purpose.
    before = (path for path in paths[: index + 1] if path != here and path in faults)
    found = ahead or next((path for path in before if stops(path)), None)
    return found and _part_of(found, form, paths, here, document)


def _part_of(
    path: str, form: FormDescription, paths: Sequence[str], here: str, document: Document
) -> str:
    """The empty one of the fields from which the value at `path` is worked out, where another one
    of them was filled; else `path`.
    """
    ask = form.ask_at(path)
    if ask is None or not ask.made_of:
        return path
    before = path[: len(path) - len(ask.path)]
    parts = [before + part for part in ask.made_of if before + part in paths]
    missing = [part for part in parts if value_at(document, part) in (None, "")]
    if len(missing) == len(parts):
        return path
    return next((part for part in missing if part != here), path)
