"""The migrations of a hub's PostgreSQL database, one file for each step (`../schema.py`).

A step has `STATEMENTS`, and `NEEDED`: the number of the oldest step whose program can still use the
database afterwards. A step that only adds what an older program does not ask for leaves it as it
was; one that an older program would damage or misread has None, which means its own number.
"""

from typing import Protocol

from hub.store.postgres.migrations import (
    m0001_begin,
    m0002_people,
    m0003_live,
    m0004_lists,
)


class PostgresStep(Protocol):
    """What a file of a step has."""

    STATEMENTS: tuple[str, ...]

    @property
    def NEEDED(self) -> int | None: ...


STEPS: tuple[PostgresStep, ...] = (m0001_begin, m0002_people, m0003_live, m0004_lists)
