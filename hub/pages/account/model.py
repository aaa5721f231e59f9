"""What the page of the own account shows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from domain.words import Say, mark
from hub.hub import Hub
from hub.pages.language import in_language_of
from hub.pages.words import utc_time
from hub.people.roles import ROLE_WORDS
from hub.people.signing_in import open_sign_ins
from hub.people.viewer import Viewer
from hub.store.sql import people, regions

WORDS = {
    "title": mark("Your account"),
    "name": mark("Name to sign in with"),
    "role": mark("What you may do"),
    "regions": mark("Regions"),
    "all": mark("all regions"),
    "codes": mark("Recovery codes left"),
    "sign_ins": mark("Where you are signed in"),
    "since": mark("since"),
    "seen": mark("last used"),
    "from": mark("from"),
    "this": mark("this browser"),
    "end": mark("End"),
    "end_others": mark("End all others"),
    "change": mark("Change the password"),
    "old": mark("Present password"),
    "password": mark("New password"),
    "again": mark("The same again"),
    "code": mark("Code"),
    "code_hint": mark("Six digits from your authenticator, or a recovery code."),
    "set": mark("Set password"),
    "factor": mark("New authenticator"),
    "factor_why": mark(
        "For another telephone, or when your recovery codes run out. The old authenticator and the"
        " old recovery codes are void then, and you sign in anew."
    ),
    "begin": mark("Set up"),
    "done": mark("The password is changed; you are signed out everywhere else."),
}


class ShownSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """One browser in which the person is signed in."""

    id: str
    begun: str
    last_used: str
    address: str
    browser: str
    is_this: bool


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    w: Mapping[str, str]
    name: str
    role: str
    regions: tuple[str, ...]
    codes: int
    """How many recovery codes are left."""
    sign_ins: tuple[ShownSignIn, ...]
    trouble: str = ""
    is_changed: bool = False
    here: str = "account"


def account_page(
    hub: Hub, viewer: Viewer, say: Say, *, trouble: str = "", is_changed: bool = False
) -> AccountPage:
    """The account of the viewer."""
    with hub.database.reading() as rows:
        return AccountPage(
            w=in_language_of(WORDS, say),
            name=viewer.name,
            role=say(ROLE_WORDS[viewer.role]),
            regions=regions.of_account(rows, viewer.account),
            codes=people.count_recovery_codes(rows, viewer.account),
            sign_ins=tuple(
                ShownSignIn(
                    id=each.hash.hex(),
                    begun=utc_time(each.begun_at),
                    last_used=utc_time(each.seen_at),
                    address=each.address,
                    browser=each.browser,
                    is_this=each.hash == viewer.sign_in,
                )
                for each in open_sign_ins(hub, rows, viewer.account)
            ),
            trouble=trouble,
            is_changed=is_changed,
        )
