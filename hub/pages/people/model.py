"""What the page of accounts shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from domain.words import Say, mark
from hub.hub import Hub
from hub.pages.language import in_language_of
from hub.pages.words import utc_time
from hub.people.accounts import Invited
from hub.people.roles import ROLE_NAMES, ROLE_WORDS, Role
from hub.people.signing_in import open_sign_ins
from hub.store.sql import people, regions, sign_ins
from hub.store.sql.people import Account, AccountKind
from system.database import Connection

WORDS = {
    "title": mark("People"),
    "programs": mark("Programs"),
    "no_programs": mark("No program has a token; `main.py hub token new` gives one."),
    "add": mark("Add a person"),
    "name": mark("Name to sign in with"),
    "shown": mark("Name to show"),
    "role": mark("Role of the account"),
    "regions": mark("Regions"),
    "all": mark("all regions"),
    "none_chosen": mark("None chosen: the account sees all regions."),
    "go": mark("Add"),
    "change": mark("Change"),
    "disable": mark("Disable"),
    "enable": mark("Enable"),
    "reset": mark("New password"),
    "end": mark("End sign-ins"),
    "what": mark("What this person did"),
    "code": mark("Code for"),
    "code_why": mark(
        "Hand it over yourself. With it the person sets a password at the address /welcome of this"
        " hub. It is shown only now, and good once, until"
    ),
    "disabled": mark("disabled"),
    "waits": mark("has no password yet"),
    "until": mark("token ends"),
    "used": mark("last used"),
    "never": mark("never used"),
}


class ShownAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account with its sign-ins or its token."""

    id: str
    name: str
    shown: str
    role: Role
    regions: tuple[str, ...]
    is_disabled: bool
    is_ready: bool
    facts: tuple[str, ...]
    """Where a person is signed in, or until when a program has a token."""


class PeoplePage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    w: Mapping[str, str]
    people: tuple[ShownAccount, ...]
    programs: tuple[ShownAccount, ...]
    roles: tuple[tuple[Role, str], ...]
    """With what each may do."""
    role_names: Mapping[Role, str]
    regions: tuple[str, ...]
    invited: Invited | None = None
    until: str = ""
    trouble: str = ""
    here: str = "people"


def people_page(
    hub: Hub, say: Say, *, trouble: str = "", invited: Invited | None = None
) -> PeoplePage:
    """All accounts; with the code of a new one, which is shown once."""
    with hub.database.reading() as rows:
        return PeoplePage(
            w=in_language_of(WORDS, say),
            people=tuple(
                _shown(rows, each, _of_person(hub, rows, each))
                for each in people.accounts(rows, AccountKind.PERSON)
            ),
            programs=tuple(
                _shown(rows, each, _of_program(rows, each, say))
                for each in people.accounts(rows, AccountKind.PROGRAM)
            ),
            roles=tuple((role, say(words)) for role, words in ROLE_WORDS.items()),
            role_names={role: say(name) for role, name in ROLE_NAMES.items()},
            regions=tuple(regions.regions(rows)),
            invited=invited,
            until=utc_time(invited.until.millis) if invited else "",
            trouble=trouble,
        )


def _shown(rows: Connection, account: Account, facts: tuple[str, ...]) -> ShownAccount:
    return ShownAccount(
        id=account.id,
        name=account.name,
        shown=account.shown,
        role=account.role,
        regions=regions.of_account(rows, account.id),
        is_disabled=account.disabled_at is not None,
        is_ready=account.is_ready or account.kind is AccountKind.PROGRAM,
        facts=facts,
    )


def _of_person(hub: Hub, rows: Connection, account: Account) -> tuple[str, ...]:
    found = open_sign_ins(hub, rows, account.id)
    return tuple(f"{utc_time(each.seen_at)} · {each.address}" for each in found)


def _of_program(rows: Connection, account: Account, say: Say) -> tuple[str, ...]:
    token = sign_ins.token_of(rows, account.id)
    if token is None:
        return ()
    used = utc_time(token.used_at) if token.used_at else ""
    last = f"{say(WORDS['used'])} {used}" if used else say(WORDS["never"])
    return (f"{say(WORDS['until'])} {utc_time(token.ends_at)}", last)
