"""Writes the audit: what was seen is noted before the answer goes out."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool

from hub.hub import Registry
from hub.store.sql import audit
from hub.store.sql.audit import AuditRow

NOTED_LIMIT = 100_000
"""Small pictures that are remembered as noted."""


class AuditLog:
    """Stores rows; those that come while others are stored are stored together after them.

    Used from the event loop.
    """

    def __init__(self, hub: Registry) -> None:
        self._hub = hub
        self._waiting: list[tuple[AuditRow, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None
        self._noted: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def add(self, row: AuditRow) -> None:
        """Return when the row is stored durably. Raises what the database raises."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((row, done))
        if self._storing is None:
            self._storing = asyncio.ensure_future(self._store())
        await done

    async def add_once(self, who: str, row: AuditRow) -> None:
        """As `add`, but once for each `who` and subject."""
        key = (who, row.subject)
        if key in self._noted:
            return
        await self.add(row)
        self._noted[key] = None
        if len(self._noted) > NOTED_LIMIT:
            self._noted.popitem(last=False)

    async def _store(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting, []
            error: BaseException | None = None
            try:
                await run_in_threadpool(self._write, [row for row, _ in some])
            except Exception as caught:  # each request that waits says it
                error = caught
            for _, done in some:
                if done.done():
                    continue  # the caller has gone
                if error is None:
                    done.set_result(None)
                else:
                    done.set_exception(error)
        self._storing = None

    def _write(self, some: list[AuditRow]) -> None:
        with self._hub.database.writing(("audit",)) as rows:
            audit.add(rows, some)
