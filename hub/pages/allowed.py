"""Which role may open which page: one table. What is not in it is open to nobody."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from hub.people.roles import Role


class PageRule(msgspec.Struct, frozen=True, kw_only=True):
    """Who may do one thing, and what the audit notes of it."""

    role: Role | None
    """The least role; None for everybody, also without a sign-in."""
    persons: bool = False
    """Whether it is about signing in or accounts: not for programs, nor without a sign-in."""
    audited: bool = False
    subject: str = ""
    """The part of the address that names what it is about."""
    once: bool = False
    """Whether the audit notes it once for each sign-in and subject: small pictures in lists."""
    quiet: bool = False
    """Whether open pages ask for it by themselves: it keeps no sign-in from ending."""
    slow: bool = False
    """Whether its answer may take a minute: the viewer must still be allowed to have it then."""


def _page(role: Role = Role.READER, subject: str = "", *, quiet: bool = False) -> PageRule:
    return PageRule(role=role, audited=True, subject=subject, quiet=quiet)


OPEN = PageRule(role=None)
SIGNING_IN = PageRule(role=None, persons=True)
OWN_ACCOUNT = PageRule(role=Role.READER, persons=True)
ACCOUNTS = PageRule(role=Role.ADMINISTRATOR, persons=True, audited=True)
CHANGE_ACCOUNTS = PageRule(role=Role.ADMINISTRATOR, persons=True)
"""The deeds note themselves in the audit, with what changed."""
SMALL_PICTURE = PageRule(role=Role.READER, audited=True, subject="photo", once=True)

ALLOWED: Mapping[tuple[str, str], PageRule] = {
    ("GET", "/static"): OPEN,
    ("GET", "/"): _page(),
    ("GET", "/rows"): _page(quiet=True),
    # notes itself in the audit, with what was asked for and how much it was
    ("GET", "/export"): PageRule(role=Role.ANALYST, slow=True),
    ("GET", "/live"): PageRule(role=Role.READER, quiet=True),
    ("GET", "/changes"): _page(quiet=True),
    ("GET", "/interceptions/{record:path}"): _page(subject="record"),
    ("GET", "/devices"): _page(),
    ("GET", "/unread"): _page(),
    ("GET", "/apart"): _page(),
    ("GET", "/clashes"): _page(),
    ("GET", "/photos/{photo}/thumbnail"): SMALL_PICTURE,
    ("GET", "/photos/{photo}/sent-thumbnail"): SMALL_PICTURE,
    ("GET", "/photos/{photo}/preview"): _page(subject="photo"),
    ("GET", "/photos/{photo}/sent-preview"): _page(subject="photo"),
    # an original leaves the hub as a file, with all that the camera wrote into it
    ("GET", "/photos/{photo}"): _page(Role.ANALYST, "photo"),
    ("GET", "/photos/{photo}/original"): _page(Role.ANALYST, "photo"),
    ("GET", "/sticks"): PageRule(role=Role.COORDINATOR),
    ("PUT", "/sticks"): _page(Role.COORDINATOR),
    ("GET", "/sticks/answers/{device}.json"): _page(Role.COORDINATOR, "device"),
    ("GET", "/sign-in"): SIGNING_IN,
    ("POST", "/sign-in"): SIGNING_IN,
    ("GET", "/welcome"): SIGNING_IN,
    ("POST", "/welcome"): SIGNING_IN,
    ("POST", "/sign-out"): OWN_ACCOUNT,
    ("GET", "/account"): OWN_ACCOUNT,
    ("POST", "/account/password"): OWN_ACCOUNT,
    ("POST", "/account/factor"): OWN_ACCOUNT,
    ("POST", "/account/sign-ins"): OWN_ACCOUNT,
    ("GET", "/people"): ACCOUNTS,
    ("POST", "/people"): CHANGE_ACCOUNTS,
    ("POST", "/people/{account}"): CHANGE_ACCOUNTS,
    ("GET", "/audit"): ACCOUNTS,
}
"""The rule of each method and address; HEAD is as GET."""
