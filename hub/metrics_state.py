"""Figures of a hub that are read when Prometheus asks: posts, photos that wait, disk, backup."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hub.errors import HubError
from hub.hub import Hub
from hub.serving.certificates import expires_at
from hub.serving.readiness import PartState, Readiness
from hub.store.sql import backups, figures
from system.errors import MachineError


class HubState(Collector):
    """Reads the state of the hub; `live` gives figures of this process by their name."""

    def __init__(
        self,
        hub: Hub,
        readiness: Readiness,
        chain: Path | None,
        live: dict[str, Callable[[], float]],
    ) -> None:
        self._hub = hub
        self._readiness = readiness
        self._chain = chain
        self._certificate_end: datetime | None = None
        """Of the last readable file: the hub goes on with it when a renewed one is broken."""
        self._live = live

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: the registry asks this before the hub serves, and would read all otherwise."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All figures; those of a part that is away are left out."""
        yield self._parts()
        for name, read in self._live.items():
            yield _gauge(name, "Of this process now.", read())
        yield self._disk()
        if self._chain is not None:
            self._certificate_end = expires_at(self._chain) or self._certificate_end
        if (end := self._certificate_end) is not None:
            what = "When the certificate expires."
            yield _gauge("certificate_end_timestamp_seconds", what, end.timestamp())
        try:
            yield from self._rows()
        except (HubError, MachineError):
            return

    def _parts(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily(
            "tidewaiter_part_ok", "Whether a part of the hub is in order.", labels=("part",)
        )
        for part, state in self._readiness.examine().parts.items():
            found.add_metric((part,), float(state is PartState.OK))
        return found

    def _disk(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily(
            "tidewaiter_disk_free_bytes", "Free on a disk that the hub writes to.", labels=("disk",)
        )
        for folder in self._readiness.space.folders():
            try:
                found.add_metric((str(folder),), shutil.disk_usage(folder).free)
            except OSError:
                continue
        return found

    def _rows(self) -> Iterator[GaugeMetricFamily]:
        with self._hub.database.reading() as rows:
            posts = figures.posts(rows)
            newest = backups.newest(rows)
            waiting = figures.photos_waiting(rows)
        heard, arrived = (
            GaugeMetricFamily(f"tidewaiter_post_{name}_timestamp_seconds", what, labels=("post",))
            for name, what in (
                ("heard", "When a workstation of the post last asked anything."),
                ("arrival", "When an entry of the post last arrived."),
            )
        )
        for post in posts:
            heard.add_metric((post.name,), post.heard_at / 1000)
            if post.arrived_at is not None:
                arrived.add_metric((post.name,), post.arrived_at / 1000)
        yield heard
        yield arrived
        if newest is not None:
            what = "When the newest verified backup was made."
            yield _gauge("backup_timestamp_seconds", what, newest.made_at / 1000)
        yield _gauge(
            "photos_waiting", "Photos that records name and that have not arrived.", waiting
        )


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tidewaiter_{name}", what, value=value)
