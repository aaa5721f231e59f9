"""Which value of a setting counts here: that of headquarters, else the workstation's own.

What headquarters gave is looked up in the items of the feed each time, so a program that knows
more settings than the one that took the feed uses them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.given_settings import (
    CHECKED,
    HOURS,
    KILOBITS,
    METERED,
    SETTING,
    GivenSetting,
    GivenValue,
    Value,
    hours_of,
    read_given,
)
from domain.instant import Instant
from storage import feed_items, settings
from storage.feed_items import FeedState, StoredFeedItem
from storage.settings import Setting, SettingChange
from storage.workstation import Workstation

T = TypeVar("T", bound=Value)
_OWN: dict[str, Setting[int] | Setting[bool]] = {
    KILOBITS.name: settings.SYNC_KILOBITS,
    METERED.name: settings.PHOTOS_METERED,
    CHECKED.name: settings.PHOTOS_CHECKED,
}


@dataclass(frozen=True, slots=True)
class InForce(Generic[T]):
    """The value that counts, and where it comes from."""

    value: T
    own: T
    """The workstation's own; it counts again when headquarters takes its value back."""
    given_at: Instant | None
    """When headquarters gave the value, by the hub's clock; None when it is the own one."""


def in_force(ws: Workstation, setting: GivenSetting[T]) -> InForce[T]:
    """The value of a setting, and where it comes from."""
    own = _own(ws, setting)
    for item in feed_items.of_name(ws.db, SETTING, setting.name):
        given = _for_this_post(ws, item)
        if given is None:
            continue
        if given.value is None:
            break
        return InForce(given.value, own, item.at)  # type: ignore[arg-type]  # it was read as one
    return InForce(own, own, None)


def changes_of(setting: GivenSetting[T], value: T) -> tuple[SettingChange, ...]:
    """The rows that store a value as the workstation's own, for `settings.write`."""
    if setting.name == HOURS.name:
        start, end = hours_of(str(value))
        return (settings.PHOTOS_FROM.to(start), settings.PHOTOS_UNTIL.to(end))
    own = _OWN[setting.name]
    return (own.to(value),)  # type: ignore[arg-type]


def not_read(ws: Workstation) -> tuple[StoredFeedItem, ...]:
    """What headquarters gives and this program does not know or cannot read, the newest first."""
    return tuple(
        item
        for item in feed_items.of_kind(ws.db, SETTING)
        if item.state is FeedState.KEPT and read_given(item.name, item.body) is None
    )


def _own(ws: Workstation, setting: GivenSetting[T]) -> T:
    if setting.name == HOURS.name:
        start, end = settings.PHOTOS_FROM.read(ws.db), settings.PHOTOS_UNTIL.read(ws.db)
        return setting.read(f"{start}-{end}") or setting.default
    return _OWN[setting.name].read(ws.db)  # type: ignore[return-value]  # the table has its type


def _for_this_post(ws: Workstation, item: StoredFeedItem) -> GivenValue | None:
    given = read_given(item.name, item.body) if item.state is FeedState.KEPT else None
    return given if given is not None and given.post in (None, ws.station.post) else None
