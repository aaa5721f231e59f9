"""An export of what the list shows, as one zip that a browser fetches.

It is made in a nameless file of the hub's own disk, at one moment of the hub, before its first byte
is sent: so what it has is counted and noted before, a slow browser holds no view of the database,
and memory does not grow with it. `manifest.json` comes last.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from domain.encoding import to_json
from domain.words import mark
from hub.errors import RequestRefused
from hub.export.records import exported_of
from hub.export.writer import ExportForm, ExportManifest, ExportWriter, HashedFile, tables_of
from hub.hub import Hub
from hub.packs import Library
from hub.store.sql import filtered, interceptions
from hub.store.sql.bounds import LAST
from hub.store.sql.exported import PAGE
from hub.store.sql.filtered import COUNTED, Bounds, CappedCount, Filter
from hub.store.sql.interceptions import ListedInterception
from hub.store.sql.scope import Scope
from system.database import Connection
from system.files import cannot_write

MOST = COUNTED
"""Interceptions that one download has at most; `hub export` has no such limit."""
WHOLE = Bounds(scanned=200_000)
"""Rows that are compared to find them."""
TOGETHER = 2
"""Downloads that one process makes at a time."""
FIRST_FILE = "READ-ME.txt"
CUT = (
    "An export of a Tidewaiter hub. It is whole when manifest.json is in it, which was written\r\n"
    "last and has the hash of every file. Without it the download was cut: fetch it again.\r\n"
)


class WantedDownload(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported, and how."""

    asked: Filter
    scope: Scope
    form: ExportForm
    words: Mapping[str, str]
    """What the person asked for, for the manifest."""
    language: str = "en"


class Downloads:
    """Makes downloads, a few at a time."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub, self._library = hub, library
        self._room = threading.BoundedSemaphore(TOGETHER)

    @contextmanager
    def make(self, wanted: WantedDownload) -> Iterator[tuple[BinaryIO, ExportManifest]]:
        """The zip, from its first byte, and what is in it; the caller closes the file. It is closed
        when the block ends with an error.

        Raises `RequestRefused` when there is too much for one download, or too many are made at the
        moment; `CannotWrite` when the disk is full.
        """
        if not self._room.acquire(blocking=False):
            raise RequestRefused(
                mark("{count} exports are being made at the moment"),
                status=429,
                hint=mark("Ask again in a minute."),
                count=TOGETHER,
            )
        folder = self._hub.objects.here
        try:
            with ExitStack() as on_error:
                file = on_error.enter_context(_nameless(folder))
                made = self._written(wanted, file)
                file.seek(0)
                yield file, made
                on_error.pop_all()
        except OSError as error:
            raise cannot_write(error, folder) from error
        finally:
            self._room.release()

    def _written(self, wanted: WantedDownload, file: BinaryIO) -> ExportManifest:
        with (
            self._hub.database.reading() as rows,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            archive.writestr(FIRST_FILE, CUT, zipfile.ZIP_STORED)
            expected = _expected(rows, wanted)
            made = self._tables(rows, wanted, archive, expected)
            text = msgspec.json.format(to_json(made), indent=1) + b"\n"
            archive.writestr("manifest.json", text)
        return made

    def _tables(
        self, rows: Connection, wanted: WantedDownload, archive: zipfile.ZipFile, expected: int
    ) -> ExportManifest:
        """The first table goes into the archive at once; the others wait, for it has one open."""
        names = tables_of(wanted.form)
        with ExitStack() as waiting:
            others = {name: waiting.enter_context(_nameless(self._hub.objects.here))
                      for name in names[1:]}  # fmt: skip
            with archive.open(f"{names[0]}.{wanted.form.value}", "w") as first:
                targets = {names[0]: cast("BinaryIO", first), **others}
                files = {
                    name: HashedFile(f"{name}.{wanted.form.value}", target)
                    for name, target in targets.items()
                }
                writer = ExportWriter(self._library, wanted.form, wanted.language, files)
                for each in exported_of(rows, _pages(rows, wanted)):
                    writer.add(each, {})
                writer.finish()
            for name, table in others.items():
                table.seek(0)
                with archive.open(f"{name}.{wanted.form.value}", "w") as entry:
                    shutil.copyfileobj(table, entry)
        hint = mark("Ask an administrator for: main.py hub check. Nothing was exported.")
        return writer.manifest(self._hub, wanted.words, expected, hint)


def _expected(rows: Connection, wanted: WantedDownload) -> int:
    """How many interceptions there are. Raises `RequestRefused` when they are too many."""
    if wanted.asked.case_id:
        number = interceptions.count_of_case(rows, wanted.asked.case_id, wanted.scope)
        count = CappedCount(number, number <= MOST)
    else:
        count = filtered.count(rows, wanted.asked, wanted.scope, WHOLE)
    if count.exact and count.number <= MOST:
        return count.number
    raise RequestRefused(
        mark("there is more than one download takes ({most} interceptions)"),
        hint=mark("Limit the list by days, or ask an administrator for: main.py hub export."),
        most=MOST,
    )


def _pages(rows: Connection, wanted: WantedDownload) -> Iterator[tuple[ListedInterception, ...]]:
    before: int | None = LAST
    while before is not None:
        page = filtered.page(
            rows, wanted.asked, before=before, limit=PAGE, scope=wanted.scope, bounds=WHOLE
        )
        yield page.rows
        before = page.next


def _nameless(folder: Path) -> BinaryIO:
    """A file without a name: nothing is left of it, whatever ends the hub."""
    return cast("BinaryIO", tempfile.TemporaryFile(dir=folder))
