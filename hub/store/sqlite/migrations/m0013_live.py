"""Counts by post and workstation, news of changed rows for open pages, and filters of the list.

The counts of what is stored already are taken once, here.
"""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE margin (
    post TEXT NOT NULL,
    device TEXT NOT NULL,
    interceptions INTEGER NOT NULL,
    cases INTEGER NOT NULL, -- right as a sum over all rows alone
    photos INTEGER NOT NULL, -- that the interceptions name
    held INTEGER NOT NULL, -- of those, with their bytes here
    unread INTEGER NOT NULL,
    PRIMARY KEY (post, device)
) STRICT;
CREATE TABLE news (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    records TEXT NOT NULL, -- JSON: the records whose rows in the list changed
    more INTEGER NOT NULL -- 1 when there are others
) STRICT;
CREATE VIEW latest_news AS SELECT number AS turn, records, more FROM news;
CREATE VIEW position AS SELECT (coalesce(max(number), 0) + 1) || ':'
    || (coalesce(max(number), 0) + 1) || ':' AS position FROM news;
DROP VIEW progress;
ALTER TABLE interception ADD COLUMN post TEXT NOT NULL
    GENERATED ALWAYS AS (coalesce(summary ->> 'post', '')) VIRTUAL;
ALTER TABLE interception ADD COLUMN pack TEXT NOT NULL
    GENERATED ALWAYS AS (coalesce(summary ->> 'pack_id', '')) VIRTUAL;
ALTER TABLE interception ADD COLUMN day INTEGER NOT NULL
    GENERATED ALWAYS AS (arrived_at / 86400000) VIRTUAL; -- days since 1970, UTC
DROP INDEX interception_case;
CREATE INDEX interception_case ON interception (case_id, arrival);
CREATE INDEX interception_day ON interception (day, arrival);
CREATE INDEX interception_post ON interception (post, day, arrival);
CREATE INDEX interception_pack ON interception (pack, day, arrival);
CREATE INDEX interception_status ON interception (status, day, arrival);
"""

COUNTED = """
INSERT INTO margin (post, device, interceptions, cases, photos, held, unread)
SELECT post, device, sum(interceptions), sum(cases), sum(photos), sum(held), sum(unread) FROM (
    SELECT listed.post AS post, listed.device AS device, 1 AS interceptions,
        listed.arrival = (SELECT min(other.arrival) FROM interception AS other
            WHERE other.case_id = listed.case_id) AS cases,
        0 AS photos, 0 AS held, 0 AS unread FROM interception AS listed
    UNION ALL
    SELECT listed.post, listed.device, 0, 0, count(*), count(photo.hash), 0
        FROM interception_photo AS named JOIN interception AS listed USING (record)
        LEFT JOIN photo ON photo.hash = named.hash GROUP BY listed.post, listed.device
    UNION ALL
    SELECT '', device, 0, 0, 0, 0, count(*) FROM entry WHERE readable = 0 GROUP BY device
) GROUP BY post, device
"""


def change(db: Database) -> None:
    """Make the tables, views, columns and indexes, and count what is there."""
    for statement in statements(TABLES):
        db.execute(statement)
    db.execute(COUNTED)
