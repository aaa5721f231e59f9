"""What an administrator does with accounts, in the browser or at the hub's machine.

Everything that takes rights away ends the sign-ins of the account in the same transaction, so that
it counts at once, also in the other processes of the hub.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import msgspec

from domain.instant import DAY_MILLIS, Instant
from domain.words import mark
from hub.errors import NotHere, RequestRefused
from hub.hub import Registry
from hub.people.actor import AT_THE_MACHINE, Actor, note
from hub.people.names import account_name, folded, is_name, shown_name
from hub.people.roles import OF_PROGRAMS, Role
from hub.people.second_factor import SECRET_BYTES, grouped, typed_hash
from hub.store.sql import people, regions, sign_ins
from hub.store.sql.people import Account, AccountKind, Invitation
from system.database import Connection

INVITED_HOURS = 72
INVITATION_BYTES = 10
DAYS_LIMIT = 3_660


class Invited(msgspec.Struct, frozen=True):
    """The one-time code that the administrator hands over; it is not stored."""

    account: Account
    code: str
    until: Instant


def has_accounts(hub: Registry) -> bool:
    """Whether any person has an account."""
    with hub.database.reading() as rows:
        return people.exist(rows)


def add_person(
    hub: Registry,
    name: str,
    role: Role,
    *,
    shown: str = "",
    in_regions: Sequence[str] = (),
    actor: Actor = AT_THE_MACHINE,
) -> Invited:
    """A new account of a person, who sets the password with the code. Raises `RequestRefused`."""
    return _invited(hub, _new(hub, AccountKind.PERSON, name, role, shown), in_regions, actor)


def _new(hub: Registry, kind: AccountKind, name: str, role: Role, shown: str) -> Account:
    wanted = account_name(name)
    return Account(
        id="A" + base64.b32encode(hub.random(10)).decode("ascii"),
        kind=kind,
        name=wanted,
        shown=shown_name(shown) or wanted,
        role=role,
        all_regions=True,
        made_at=hub.now().millis,
    )


def _invited(hub: Registry, account: Account, in_regions: Sequence[str], actor: Actor) -> Invited:
    with hub.database.writing(("accounts",)) as rows:
        _add(hub, rows, account, in_regions, actor)
        return _invite(hub, rows, account)


def _add(
    hub: Registry, rows: Connection, account: Account, in_regions: Sequence[str], actor: Actor
) -> None:
    if not people.add(rows, account):
        raise RequestRefused(mark("there is an account of this name"), about=account.name)
    _give_regions(rows, account, in_regions)
    note(hub, rows, actor, "account added", account.id, detail=_words_of(account.role, in_regions))


def invite_oneself(hub: Registry, account_id: str, actor: Actor) -> str:
    """The code with which a person sets a new password and second factor; the old ones are void
    once that is done, and all sign-ins end now.
    """
    with hub.database.writing(("accounts",)) as rows:
        account = _person(rows, account_id)
        sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "new second factor begun", account.id)
        return _invite(hub, rows, account, hours=1).code


def _invite(
    hub: Registry, rows: Connection, account: Account, *, hours: int = INVITED_HOURS
) -> Invited:
    """A new invitation; an earlier one is void."""
    code = grouped(hub.random(INVITATION_BYTES))
    now = hub.now().millis
    invitation = Invitation(
        hash=typed_hash(code),
        account=account.id,
        secret=hub.random(SECRET_BYTES),
        made_at=now,
        expires_at=now + hours * 3_600_000,
    )
    people.invite(rows, invitation)
    return Invited(account, code, Instant(invitation.expires_at))


def reset(hub: Registry, account_id: str, actor: Actor = AT_THE_MACHINE) -> Invited:
    """Void the person's password, second factor and sign-ins; the code sets new ones."""
    with hub.database.writing(("accounts",)) as rows:
        account = _person(rows, account_id)
        people.put_password(rows, account.id, "")
        people.put_secret(rows, account.id, None)
        people.put_recovery_codes(rows, account.id, ())
        sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "account reset", account.id)
        return _invite(hub, rows, account)


def change_role(
    hub: Registry, account_id: str, role: Role, actor: Actor = AT_THE_MACHINE
) -> Account:
    """Give the account another role; its sign-ins end. Raises `RequestRefused`."""
    with hub.database.writing(("accounts",)) as rows:
        account = _account(rows, account_id)
        if account.kind is AccountKind.PROGRAM and role not in OF_PROGRAMS:
            raise RequestRefused(mark("a program can be a reader or an analyst"))
        if role is not Role.ADMINISTRATOR:
            _refuse_last(rows, account, actor)
        people.put_role(rows, account.id, role)
        sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "role changed", account.id, detail=f"{account.role} to {role}")
        return msgspec.structs.replace(account, role=role)


def change_regions(
    hub: Registry, account_id: str, names: Sequence[str], actor: Actor = AT_THE_MACHINE
) -> None:
    """Let the account see these regions alone, or all when none is named; its sign-ins end."""
    with hub.database.writing(("accounts",)) as rows:
        account = _account(rows, account_id)
        _give_regions(rows, account, names)
        sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "regions changed", account.id, detail=", ".join(names) or "all")


def disable(hub: Registry, account_id: str, actor: Actor = AT_THE_MACHINE) -> Account:
    """Nobody signs in to the account any more; its sign-ins and its token end at once."""
    with hub.database.writing(("accounts",)) as rows:
        account = _account(rows, account_id)
        _refuse_last(rows, account, actor)
        if account.disabled_at is None:
            people.put_disabled(rows, account.id, hub.now().millis)
        people.end_invitation(rows, account.id)
        sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "account disabled", account.id)
        return account


def enable(hub: Registry, account_id: str, actor: Actor = AT_THE_MACHINE) -> Account:
    """The account may be used again."""
    with hub.database.writing(("accounts",)) as rows:
        account = _account(rows, account_id)
        people.put_disabled(rows, account.id, None)
        note(hub, rows, actor, "account enabled", account.id)
        return account


def end_sign_ins(hub: Registry, account_id: str, actor: Actor = AT_THE_MACHINE) -> int:
    """End all sign-ins of the person; how many there were."""
    with hub.database.writing(("accounts",)) as rows:
        account = _account(rows, account_id)
        count = sign_ins.end_all(rows, account.id)
        note(hub, rows, actor, "sign-ins ended", account.id)
        return count


def add_program(
    hub: Registry,
    name: str,
    role: Role,
    *,
    days: int,
    in_regions: Sequence[str] = (),
    actor: Actor = AT_THE_MACHINE,
) -> tuple[Account, str, Instant]:
    """A new account of a program, its token, and when that ends. Raises `RequestRefused`."""
    if role not in OF_PROGRAMS:
        raise RequestRefused(mark("a program can be a reader or an analyst"))
    if not 1 <= days <= DAYS_LIMIT:
        raise RequestRefused(mark("a token is good for 1 to {limit} days"), limit=DAYS_LIMIT)
    account = _new(hub, AccountKind.PROGRAM, name, role, name)
    token = "twp_" + base64.urlsafe_b64encode(hub.random(32)).decode().rstrip("=")
    until = hub.now().millis + days * DAY_MILLIS
    with hub.database.writing(("accounts",)) as rows:
        _add(hub, rows, account, in_regions, actor)
        sign_ins.give_token(rows, account.id, token, until)
    return account, token, Instant(until)


def account_named(hub: Registry, name: str, kind: AccountKind = AccountKind.PERSON) -> Account:
    """The account that somebody names. Raises `NotHere`."""
    with hub.database.reading() as rows:
        found = people.named(rows, folded(name)) if is_name(folded(name)) else None
    if found is None or found.kind is not kind:
        raise NotHere(mark("no such account"), about=folded(name)[:60])
    return found


def _account(rows: Connection, account_id: str) -> Account:
    found = people.find(rows, account_id)
    if found is None:
        raise NotHere(mark("no such account"))
    return found


def _person(rows: Connection, account_id: str) -> Account:
    found = _account(rows, account_id)
    if found.kind is not AccountKind.PERSON:
        raise NotHere(mark("no such account"))
    return found


def _give_regions(rows: Connection, account: Account, names: Sequence[str]) -> None:
    known = regions.regions(rows)
    for name in names:
        if name not in known:
            raise RequestRefused(
                mark("there is no such region"),
                about=name[:60],
                hint=mark("The regions are: {regions}."),
                regions=", ".join(known) or "none",
            )
    regions.give(rows, account.id, names)


def _refuse_last(rows: Connection, account: Account, actor: Actor) -> None:
    """In the browser the last administrator stays; at the machine another can always be made."""
    if not actor.account or account.role is not Role.ADMINISTRATOR:
        return
    if not people.count_administrators(rows, besides=account.id):
        raise RequestRefused(
            mark("this is the last administrator"),
            about=account.name,
            hint=mark("Make another one first."),
        )


def _words_of(role: Role, in_regions: Sequence[str]) -> str:
    return f"{role}; {', '.join(in_regions) or 'all regions'}"
