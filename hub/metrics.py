"""Figures of a hub for Prometheus: what is counted while it serves.

No figure names a person, a workstation or an address; labels are forms of routes, statuses, kinds
of events and posts, so that their number is bounded. What is read at each question is in
`hub/metrics_state.py`.
"""

from __future__ import annotations

import logging

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

from hub.log import LOGGER
from hub.serving.requests import Answered

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
OUTCOMES = ("new", "held", "gaps", "refused")
"""What became of an entry in a batch."""


class Figures(logging.Handler):
    """Counts requests, and the events of the hub's log; safe to use from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        # without a time of creation for each figure, which nobody looks at
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "tidewaiter_request_seconds",
            "How long requests took.",
            ("route", "method"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._answers = self._counter(
            "answers", "Answers; 0 where the caller left before.", "route", "status"
        )
        self._in = self._counter("received_bytes", "Bytes of bodies received.", "route")
        self._out = self._counter("sent_bytes", "Bytes of bodies sent.", "route")
        self._entries = self._counter("entries", "Entries in batches.", "outcome")
        self._photos = self._counter("photos", "Photos that became whole.")
        self._photo_bytes = self._counter("photo_bytes", "Bytes of photos that became whole.")
        self._cuts = self._counter("cut_uploads", "Uploads that a broken line ended.")
        self._errors = self._counter("errors", "Refused and failed requests.", "status", "kind")
        self._events = self._counter("events", "Lines of the log.", "event")
        for outcome in OUTCOMES:
            self._entries.labels(outcome)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"tidewaiter_{name}", what, labels, registry=self.registry)

    def answered(self, done: Answered) -> None:
        """Count one request."""
        self._seconds.labels(done.route, done.method).observe(done.seconds)
        self._answers.labels(done.route, done.status).inc()
        self._in.labels(done.route).inc(done.bytes_in)
        self._out.labels(done.route).inc(done.bytes_out)

    def watch_log(self) -> None:
        """Count the events of the log from now on."""
        logging.getLogger(LOGGER).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one event; called by the log."""
        event, facts = str(record.msg), getattr(record, "facts", {})
        if event == "request":
            return
        self._events.labels(event).inc()
        if event == "batch":
            for outcome in OUTCOMES:
                self._entries.labels(outcome).inc(facts[outcome])
        elif event == "photo":
            self._photos.inc()
            self._photo_bytes.inc(facts["size"])
        elif event == "cut":
            self._cuts.inc()
        elif event in ("failed", "refused"):
            self._errors.labels(facts["status"], facts["kind"]).inc()
