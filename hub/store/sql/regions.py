"""The tables of regions, and of the regions that accounts see."""

from __future__ import annotations

from collections.abc import Iterable

from system.database import Connection


def put(rows: Connection, name: str, posts: Iterable[str], now: int) -> None:
    """Make the region, or give it these posts in place of those before."""
    rows.execute(
        "INSERT INTO region (name, made_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        (name, now),
    )
    rows.execute("DELETE FROM region_post WHERE region = ?", (name,))
    rows.executemany(
        "INSERT INTO region_post (region, post) VALUES (?, ?)",
        [(name, post) for post in dict.fromkeys(posts)],
    )


def regions(rows: Connection) -> dict[str, tuple[str, ...]]:
    """All regions with their posts, by name."""
    names = [name for (name,) in rows.execute("SELECT name FROM region ORDER BY name").fetchall()]
    found: dict[str, list[str]] = {name: [] for name in names}
    posts = rows.execute("SELECT region, post FROM region_post ORDER BY region, post")
    for region, post in posts.fetchall():
        found[region].append(post)
    return {name: tuple(posts) for name, posts in found.items()}


def users(rows: Connection, name: str) -> tuple[str, ...]:
    """The names of the accounts that see the region."""
    found = rows.execute(
        "SELECT account.name FROM account_region AS given"
        " JOIN account ON account.id = given.account WHERE given.region = ? ORDER BY account.name",
        (name,),
    )
    return tuple(account for (account,) in found)


def remove(rows: Connection, name: str) -> None:
    """Delete a region that no account sees."""
    rows.execute("DELETE FROM region_post WHERE region = ?", (name,))
    rows.execute("DELETE FROM region WHERE name = ?", (name,))


def give(rows: Connection, account: str, names: Iterable[str]) -> None:
    """Let the account see these regions alone; all of them when none is named."""
    wanted = tuple(dict.fromkeys(names))
    rows.execute("DELETE FROM account_region WHERE account = ?", (account,))
    rows.executemany(
        "INSERT INTO account_region (account, region) VALUES (?, ?)",
        [(account, name) for name in wanted],
    )
    rows.execute("UPDATE account SET all_regions = ? WHERE id = ?", (int(not wanted), account))


def of_account(rows: Connection, account: str) -> tuple[str, ...]:
    """The regions of the account, by name."""
    found = rows.execute(
        "SELECT region FROM account_region WHERE account = ? ORDER BY region", (account,)
    )
    return tuple(name for (name,) in found)
