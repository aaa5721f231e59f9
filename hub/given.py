"""What headquarters gives for settings of its workstations; it goes out by the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from domain.given_settings import (
    GIVEN,
    SETTING,
    GivenSetting,
    GivenValue,
    Value,
    read_given,
    write_given,
)
from domain.instant import Instant
from domain.words import mark
from hub.errors import PublishingRefused
from hub.hub import Registry
from hub.packs import open_library
from hub.store.sql import devices, feed
from system.database import Connection


def give(hub: Registry, name: str, text: str, post: str | None) -> tuple[Value, bool]:
    """Give the value that `text` says for a setting, to the workstations of a post, or to all.

    Returns the value, and False when the same was given before and still counts. Raises
    `PublishingRefused` for another setting, another value, or a post that the hub does not know.
    """
    setting = _setting(name)
    value = setting.parse(text)
    if value is None:
        raise PublishingRefused(
            mark("this value cannot be given; possible: {form}"), about=name, form=setting.form
        )
    return value, _publish(hub, setting, GivenValue(value, post))


def take_back(hub: Registry, name: str, post: str | None) -> bool:
    """Each workstation's own value counts again; False when it does already.

    Raises `PublishingRefused` as `give`.
    """
    return _publish(hub, _setting(name), GivenValue(None, post))


def counting(hub: Registry) -> Iterator[tuple[str, GivenValue, Instant]]:
    """What counts now: the setting, what is given, and when it was given.

    Of a setting first what counts at all posts, then what counts at single posts instead.
    """
    with hub.database.reading() as rows:
        everything = {name: _counting(rows, name) for name in GIVEN}
    for name, found in everything.items():
        for given, at in found:
            if given.value is not None or len(found) > 1:
                yield name, given, at


def _counting(rows: Connection, name: str) -> list[tuple[GivenValue, Instant]]:
    """The newest item for all posts, and what came for single posts after it."""
    of_posts: dict[str, tuple[GivenValue, Instant]] = {}
    for row in feed.of_name(rows, SETTING, name):
        given, at = read_given(row.name, row.body), Instant(row.at)
        if given is None:
            continue  # a newer hub gave it
        if given.post is None:
            return [(given, at), *of_posts.values()]
        of_posts.setdefault(given.post, (given, at))
    return list(of_posts.values())


def _setting(name: str) -> GivenSetting[Value]:
    if name not in GIVEN:
        raise PublishingRefused(
            mark("headquarters cannot give this setting"),
            about=name[:80],
            hint=mark("It can give {names}."),
            names=", ".join(GIVEN),
        )
    return GIVEN[name]


def _publish(hub: Registry, setting: GivenSetting[Value], given: GivenValue) -> bool:
    known = {post.code for pack in open_library(hub.database).given_out for post in pack.posts}
    body = write_given(given)
    with hub.database.writing(("feed",)) as rows:
        known |= {device.post for device in devices.devices(rows)}
        if given.post is not None and given.post not in known:
            raise PublishingRefused(
                mark("the hub knows no post with this code"),
                about=given.post[:80],
                hint=mark("Its posts are: {posts}."),
                posts=", ".join(sorted(filter(None, known))) or "none",
            )
        counts = {each.post: each.value for each, _ in _counting(rows, setting.name)}
        for_all = counts.setdefault(None, None)
        if given.post is None:
            same = set(counts.values()) == {given.value}
        else:
            same = counts.get(given.post, for_all) == given.value
        if same:
            return False
        # a later item has a later time, also after the hub's clock was set back
        at = Instant(max(hub.now().millis, feed.newest(rows, SETTING) + 1))
        return feed.add(
            rows,
            kind=SETTING,
            name=setting.name,
            version=str(at),
            sha256=hashlib.sha256(body).digest(),
            at=at.millis,
            body=body,
        )
