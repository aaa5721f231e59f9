"""Regions: named sets of posts that an administrator keeps, for accounts that see only some."""

from __future__ import annotations

from collections.abc import Sequence

from domain.words import mark
from hub.errors import NotHere, RequestRefused
from hub.hub import Registry
from hub.packs import Library
from hub.people.actor import AT_THE_MACHINE, note
from hub.people.names import POST, region_name
from hub.store.sql import regions


def posts_of(library: Library, posts: Sequence[str], countries: Sequence[str]) -> tuple[str, ...]:
    """The codes of the posts that were named, and of those that the packs have in the countries.

    Raises `RequestRefused` for a country without posts and for what is no code of a post.
    """
    found = [post.strip().upper() for post in posts]
    for post in found:
        if not POST.fullmatch(post):
            raise RequestRefused(mark("not the code of a post"), about=post[:40])
    for country in countries:
        known = [
            post.code
            for pack in library.given_out
            for post in pack.posts
            if post.country == country.strip().upper()
        ]
        if not known:
            raise RequestRefused(mark("no pack has a post in this country"), about=country[:40])
        found += known
    if not found:
        raise RequestRefused(
            mark("a region has posts"), hint=mark("Name them with --post or --country.")
        )
    return tuple(sorted(set(found)))


def unknown_posts(library: Library, posts: Sequence[str]) -> tuple[str, ...]:
    """Those of the codes that no pack knows: perhaps a slip, perhaps a post of a pack to come."""
    known = {post.code for pack in library.given_out for post in pack.posts}
    return tuple(post for post in posts if post not in known)


def put_region(hub: Registry, name: str, posts: Sequence[str]) -> str:
    """Make a region, or give it these posts in place of those before; its name."""
    wanted = region_name(name)
    now = hub.now().millis
    with hub.database.writing(("accounts",)) as rows:
        regions.put(rows, wanted, posts, now)
        detail = f"{wanted}: {', '.join(posts)}"
        note(hub, rows, AT_THE_MACHINE, "region set", wanted, detail=detail)
    return wanted


def remove_region(hub: Registry, name: str) -> None:
    """Remove a region. Raises `NotHere`, and `RequestRefused` while an account sees it."""
    wanted = region_name(name)
    with hub.database.writing(("accounts",)) as rows:
        if wanted not in regions.regions(rows):
            raise NotHere(mark("there is no such region"), about=wanted)
        if users := regions.users(rows, wanted):
            raise RequestRefused(
                mark("accounts see this region: {users}"),
                about=wanted,
                hint=mark("Give them other regions first."),
                users=", ".join(users),
            )
        regions.remove(rows, wanted)
        note(hub, rows, AT_THE_MACHINE, "region removed", wanted)
