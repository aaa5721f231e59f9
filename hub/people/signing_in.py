"""Signing in and out: a name, a password and a code become the secret of a cookie."""

from __future__ import annotations

import base64
from typing import NamedTuple

import msgspec

from domain.words import mark
from hub.errors import NotKnown
from hub.hub import Registry
from hub.people import delays
from hub.people.actor import Actor, note
from hub.people.names import folded, is_name
from hub.people.passwords import USUAL_COST, PasswordCost, is_outdated, is_right, password_hash
from hub.people.second_factor import matching_step, typed_hash
from hub.people.viewer import Viewer, viewer_of
from hub.store.sql import people, sign_ins
from hub.store.sql.audit import SIGNED_IN
from hub.store.sql.codes import secret_hash
from hub.store.sql.people import Account, AccountKind
from hub.store.sql.sign_ins import OpenSignIn
from system.database import Connection

IDLE = 30 * 60_000
"""Milliseconds without a request of a person after which a sign-in is over."""
LONGEST = 12 * 3_600_000
"""Milliseconds after which it is over in any case."""
SECRET_BYTES = 32
CODE_LIMIT = 40
BROWSER_LIMIT = 80


class TypedSignIn(NamedTuple):
    """What a person typed to sign in."""

    name: str
    password: str
    code: str
    """From the authenticator, or a recovery code."""


class Origin(msgspec.Struct, frozen=True):
    """Where a request came from."""

    address: str
    browser: str = ""
    """What the browser says it is."""


def sign_in(
    hub: Registry, typed: TypedSignIn, origin: Origin, cost: PasswordCost = USUAL_COST
) -> str:
    """The secret of a new sign-in.

    Raises `NotKnown`, in the same words and after the same time whatever was wrong, and
    `CodeRefused` (429) after too many tries.
    """
    name = folded(typed.name)
    delays.begin_try(hub, name, origin.address)
    with hub.database.reading() as rows:
        account = people.named(rows, name) if is_name(name) else None
    usable = account if account is not None and _may_sign_in(account) else None
    right = is_right(typed.password, usable.password if usable else "", cost)
    secret = base64.urlsafe_b64encode(hub.random(SECRET_BYTES)).decode().rstrip("=")
    now = hub.now().millis
    made = None
    with hub.database.writing(("sign-in",)) as rows:
        if right and usable is not None:
            made = _checked(rows, usable, typed.code, hub.now().millis)
            if made is not None:
                _begin(hub, rows, made, origin, secret)
        event = SIGNED_IN if made else "sign-in failed"
        account_id = account.id if account else ""
        note(hub, rows, Actor(account_id, origin.address), event, account_id)
        if made is not None:
            delays.was_right(rows, name, origin.address, now)
    if made is None:
        raise NotKnown(
            mark("the name, the password or the code is wrong"),
            hint=mark("A code counts once: wait for the next one."),
        )
    if is_outdated(made.password, cost):
        _put_at_usual_cost(hub, made, typed.password, cost)
    return secret


def _put_at_usual_cost(hub: Registry, before: Account, password: str, cost: PasswordCost) -> None:
    made = password_hash(password, cost)
    with hub.database.writing(("sign-in",)) as rows:
        now = people.find(rows, before.id)
        if now is not None and now.password == before.password:
            people.put_password(rows, before.id, made)


def _checked(rows: Connection, compared: Account, code: str, now: int) -> Account | None:
    """The account whose password was right; None when the code is wrong, or when the account was
    changed meanwhile.
    """
    account = people.find(rows, compared.id)
    if account is None or not _may_sign_in(account) or account.password != compared.password:
        return None
    return account if _uses_code(rows, account, code, now) else None


def _begin(hub: Registry, rows: Connection, account: Account, origin: Origin, secret: str) -> None:
    now = hub.now().millis
    sign_ins.drop_old(rows, seen_before=now - IDLE, begun_before=now - LONGEST)
    made = OpenSignIn(
        hash=secret_hash(secret),
        account=account.id,
        begun_at=now,
        seen_at=now,
        address=origin.address,
        browser=origin.browser[:BROWSER_LIMIT],
    )
    sign_ins.add(rows, made, hub.identity.epoch)


def confirms(
    hub: Registry,
    viewer: Viewer,
    password: str,
    code: str,
    *,
    address: str,
    cost: PasswordCost = USUAL_COST,
) -> None:
    """Returns when a person who is signed in typed the own password and a code.

    Raises `NotKnown`, and `CodeRefused` (429) after too many tries.
    """
    delays.begin_try(hub, viewer.name, address)
    with hub.database.reading() as rows:
        account = people.find(rows, viewer.account)
    right = is_right(password, account.password if account else "", cost)
    now = hub.now().millis
    with hub.database.writing(("sign-in",)) as rows:
        if right and account is not None and _uses_code(rows, account, code, now):
            delays.was_right(rows, viewer.name, address, now)
            return
    raise NotKnown(
        mark("the password or the code is wrong"),
        hint=mark("A code counts once: wait for the next one."),
    )


def viewer_with(hub: Registry, secret: str, *, is_quiet: bool = False) -> Viewer | None:
    """Who has the cookie with this secret; None when the sign-in is over.

    With `is_quiet` the request is one that a page makes by itself: it does not keep the sign-in
    from ending.
    """
    now = hub.now().millis
    with hub.database.reading() as rows:
        found = sign_ins.holder(
            rows,
            secret,
            hub.identity.epoch,
            seen_since=now - IDLE,
            begun_since=now - LONGEST,
        )
    if found is None:
        return None
    account, made = found
    if not is_quiet and made.seen_at < now - sign_ins.SEEN_STEP:
        with hub.database.writing((account.id,)) as rows:
            sign_ins.note_seen(rows, made, now)
    return viewer_of(account, made.hash)


def program_with(hub: Registry, token: str) -> Viewer | None:
    """The program that has this token; None when it is not known or over."""
    now = hub.now().millis
    with hub.database.reading() as rows:
        found = sign_ins.bearer(rows, token, now)
    if found is None:
        return None
    account, given = found
    if given.used_at is None or given.used_at < now - sign_ins.SEEN_STEP:
        with hub.database.writing((account.id,)) as rows:
            sign_ins.note_used(rows, account.id, now)
    return viewer_of(account)


def sign_out(hub: Registry, viewer: Viewer, address: str) -> None:
    """End the viewer's own sign-in."""
    with hub.database.writing((viewer.account,)) as rows:
        sign_ins.end(rows, viewer.account, viewer.sign_in)
        note(hub, rows, Actor(viewer.account, address), "signed out", viewer.account)


def end_own(hub: Registry, viewer: Viewer, which: str, address: str) -> None:
    """End one of the viewer's sign-ins by the hash of its secret in hexadecimal digits, or with
    `others` all but the one in use. One that is over already is no error.
    """
    with hub.database.writing((viewer.account,)) as rows:
        if which == "others":
            sign_ins.end_all(rows, viewer.account, besides=viewer.sign_in)
        else:
            try:
                sign_ins.end(rows, viewer.account, bytes.fromhex(which))
            except ValueError:
                return
        note(hub, rows, Actor(viewer.account, address), "own sign-ins ended", viewer.account)


def open_sign_ins(hub: Registry, rows: Connection, account: str) -> tuple[OpenSignIn, ...]:
    """The sign-ins of an account that are not over, newest first."""
    now = hub.now().millis
    return sign_ins.of_account(
        rows,
        account,
        hub.identity.epoch,
        seen_since=now - IDLE,
        begun_since=now - LONGEST,
    )


def _may_sign_in(account: Account) -> bool:
    return account.kind is AccountKind.PERSON and account.disabled_at is None and account.is_ready


def _uses_code(rows: Connection, account: Account, typed: str, now: int) -> bool:
    """Whether the code is right and was not used before; it is used now."""
    if account.secret is None or len(typed) > CODE_LIMIT:
        return False
    step = matching_step(account.secret, typed, now // 1000)
    if step is not None:
        return people.use_step(rows, account.id, step)
    return people.use_recovery_code(rows, account.id, typed_hash(typed), now)
