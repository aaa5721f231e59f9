"""The log: one JSON line per event on standard error, with ids and counts, never names, texts or
addresses.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable

from domain.instant import Instant

LOGGER = "tidewaiter.hub"


def log(event: str, **facts: object) -> None:
    """Log `event`; `facts` are ids, counts and statuses."""
    logging.getLogger(LOGGER).info(event, extra={"facts": facts})


class JsonLines(logging.Formatter):
    """A record as one JSON object: at, level, event, and its facts."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        super().__init__()
        self._now = now

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": str(self._now()),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        facts = getattr(record, "facts", {})
        line |= {name: value for name, value in facts.items() if name not in line}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def write_lines(now: Callable[[], Instant]) -> None:
    """Send the hub's log, and uvicorn's warnings, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(now))
    for name, level in ((LOGGER, logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
