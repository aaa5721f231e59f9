"""Who looks at a page, and what of the hub that account may see."""

from __future__ import annotations

import msgspec

from hub.people.roles import Role, is_at_least
from hub.store.sql.people import Account, AccountKind
from hub.store.sql.scope import EVERYTHING, Scope


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signed in, a program with its token, or whoever sits at the hub's machine."""

    account: str = ""
    """The id of the account; empty where the pages have no sign-in."""
    name: str = ""
    shown: str = ""
    role: Role
    scope: Scope = EVERYTHING
    is_person: bool = False
    sign_in: bytes = b""
    """The hash of the sign-in; empty for a program."""

    def may(self, needed: Role) -> bool:
        """Whether the role allows what `needed` allows."""
        return is_at_least(self.role, needed)


WITHOUT_SIGN_IN = Viewer(role=Role.COORDINATOR)
"""Where the pages have no sign-in: all that is not about accounts."""


def viewer_of(account: Account, sign_in: bytes = b"") -> Viewer:
    """The viewer of an account."""
    return Viewer(
        account=account.id,
        name=account.name,
        shown=account.shown,
        role=account.role,
        scope=account.scope,
        is_person=account.kind is AccountKind.PERSON,
        sign_in=sign_in,
    )
