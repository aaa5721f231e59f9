"""What the pages of signing in show."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from domain.words import mark

SIGN_IN_WORDS = {
    "title": mark("Sign in"),
    "name": mark("Name to sign in with"),
    "password": mark("Password"),
    "code": mark("Code"),
    "code_hint": mark("Six digits from your authenticator, or a recovery code."),
    "go": mark("Sign in"),
    "welcome": mark("I have a code from my administrator"),
    "overheard": mark(
        "The pages came without encryption, so a password would be readable on its way. Open them"
        " with https."
    ),
}
WELCOME_WORDS = {
    "title": mark("Set your password"),
    "code": mark("Code from your administrator"),
    "next": mark("Go on"),
    "for": mark("Account"),
    "password": mark("New password"),
    "password_hint": mark("12 characters or more; four or five unrelated words are good."),
    "again": mark("The same again"),
    "scan": mark("Scan this with an authenticator on your telephone, or type the key into it."),
    "key": mark("Key"),
    "picture": mark("QR code of the key"),
    "factor": mark("Code that the authenticator shows"),
    "set": mark("Set password"),
}
READY_WORDS = {
    "title": mark("Keep these recovery codes"),
    "why": mark(
        "Each is good once in place of a code from the authenticator, should that be lost. They are"
        " shown only now: print them, or write them down."
    ),
    "go": mark("I have kept them: sign in"),
}


class SignInPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    w: Mapping[str, str]
    trouble: str = ""
    """Why it failed, as a sentence."""
    name: str = ""
    to: str = "/"
    """The page that comes next."""
    is_overheard: bool = False
    here: str = "sign-in"


class WelcomePage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `welcome.html`: without `name` it asks for the code alone."""

    w: Mapping[str, str]
    trouble: str = ""
    code: str = ""
    name: str = ""
    key: str = ""
    """The secret of the second factor as text."""
    picture: str = ""
    """The QR code of the secret, as an address with the data in it."""
    is_overheard: bool = False
    here: str = "welcome"


class ReadyPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `ready.html`."""

    w: Mapping[str, str]
    codes: tuple[str, ...]
    here: str = "ready"
