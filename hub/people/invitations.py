"""How a person sets the own password and second factor, with the code of an invitation or signed
in.
"""

from __future__ import annotations

import msgspec

from domain.words import mark
from hub.errors import CodeRefused, RequestRefused
from hub.hub import Registry
from hub.people import delays
from hub.people.actor import Actor, note
from hub.people.passwords import USUAL_COST, PasswordCost, expect_good, password_hash
from hub.people.second_factor import matching_step, new_recovery_codes, typed_hash
from hub.people.viewer import Viewer
from hub.store.sql import people, sign_ins
from hub.store.sql.people import Account
from system.database import Connection

INVITED = "invitation"
"""Stands for the account in the count of wrong codes."""


class OpenInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """What a person sees who typed the code of an invitation."""

    account: Account
    secret: bytes
    """Of the second factor."""


def open_invitation(hub: Registry, code: str, address: str) -> OpenInvitation:
    """The invitation with this code.

    Raises `CodeRefused`, also (429) after too many wrong codes from the address.
    """
    # counted like a sign-in, so that codes cannot be guessed
    delays.begin_try(hub, f"{INVITED} {address}", address)
    now = hub.now().millis
    with hub.database.writing(("sign-in",)) as rows:
        found = _find(rows, code, now)
        delays.was_right(rows, f"{INVITED} {address}", address, now)
        return found


def _find(rows: Connection, code: str, now: int) -> OpenInvitation:
    found = people.invitation(rows, typed_hash(code[:80]), now)
    account = people.find(rows, found.account) if found else None
    if found is None or account is None or account.disabled_at is not None:
        raise CodeRefused(
            mark("the code is not known, is used up, or is too old"),
            hint=mark("Ask your administrator for a new one."),
        )
    return OpenInvitation(account=account, secret=found.secret)


def accept(
    hub: Registry,
    code: str,
    password: str,
    again: str,
    factor: str,
    *,
    address: str,
    cost: PasswordCost = USUAL_COST,
) -> tuple[str, ...]:
    """Set the password and the second factor; the recovery codes, which are shown once.

    `factor` is a code from the authenticator: it proves that the secret is there. Raises
    `CodeRefused` for the invitation, and `RequestRefused` for what was typed.
    """
    invited = open_invitation(hub, code, address)
    expect_new(password, again, invited.account.name)
    if matching_step(invited.secret, factor, hub.now().millis // 1000) is None:
        raise wrong_factor()
    made = password_hash(password, cost)
    with hub.database.writing(("accounts",)) as rows:
        account = _find(rows, code, hub.now().millis).account  # not used by another meanwhile
        people.end_invitation(rows, account.id)
        people.put_password(rows, account.id, made)
        _set_factor(hub, rows, account.id, invited.secret, factor)
        sign_ins.end_all(rows, account.id)
        actor = Actor(account.id, address)
        note(hub, rows, actor, "password and second factor set", account.id)
        codes = new_recovery_codes(hub.random)
        people.put_recovery_codes(rows, account.id, (typed_hash(each) for each in codes))
        return codes


def change_password(
    hub: Registry,
    viewer: Viewer,
    password: str,
    again: str,
    *,
    address: str,
    cost: PasswordCost = USUAL_COST,
) -> None:
    """Give the viewer's account another password; its other sign-ins end. Raises
    `RequestRefused`.
    """
    expect_new(password, again, viewer.name)
    made = password_hash(password, cost)
    with hub.database.writing(("accounts",)) as rows:
        people.put_password(rows, viewer.account, made)
        sign_ins.end_all(rows, viewer.account, besides=viewer.sign_in)
        actor = Actor(viewer.account, address)
        note(hub, rows, actor, "password changed", viewer.account)


def expect_new(password: str, again: str, name: str) -> None:
    """Raises `RequestRefused` when the two differ or are no good password."""
    if password != again:
        raise RequestRefused(mark("the two passwords differ"))
    expect_good(password, name)


def wrong_factor() -> RequestRefused:
    """The error for a code that does not fit the new second factor."""
    return RequestRefused(
        mark("the code from the authenticator is wrong"),
        hint=mark("Check that its clock and the hub's are right, and type the code it shows now."),
    )


def _set_factor(hub: Registry, rows: Connection, account: str, secret: bytes, factor: str) -> None:
    """Store the second factor; the code that proved it is used."""
    people.put_secret(rows, account, secret)
    step = matching_step(secret, factor, hub.now().millis // 1000)
    if step is not None:
        people.use_step(rows, account, step)
