"""The pages of signing in: the form, signing out, and the first password with a code."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

import anyio
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import TidewaiterError
from domain.words import mark
from hub.api.door import log_failure, status_of
from hub.code_picture import code_picture
from hub.errors import HubError, Unavailable
from hub.hub import Hub
from hub.pages.cookie import give, is_overheard, origin_of, take_back
from hub.pages.form import Form, form_of
from hub.pages.guard import HEADERS, NOT_STORED, POLICY
from hub.pages.language import in_language_of, language_of, say_in, trouble_of
from hub.pages.signin.model import (
    READY_WORDS,
    SIGN_IN_WORDS,
    WELCOME_WORDS,
    ReadyPage,
    SignInPage,
    WelcomePage,
)
from hub.pages.templates import Templates
from hub.pages.viewer import viewer_in
from hub.people.invitations import accept, open_invitation
from hub.people.passwords import USUAL_COST, PasswordCost
from hub.people.second_factor import otpauth_uri, secret_text
from hub.people.signing_in import TypedSignIn, sign_in, sign_out
from hub.serving.proxies import address_of
from hub.store.sql.people import Account

T = TypeVar("T")
AT_ONCE = 2
WAITING_LIMIT = 20
"""Passwords that wait to be compared; more are refused, so that the pages stay quick for others."""
WITH_PICTURE = {**HEADERS, "Content-Security-Policy": POLICY.format(images=" data:")}


class Comparing:
    """Runs what computes hashes of passwords in few threads of its own."""

    def __init__(self, cost: PasswordCost = USUAL_COST) -> None:
        self.cost = cost
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """What `call` returns. Raises `Unavailable` when too many wait."""
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(AT_ONCE)  # it belongs to the running loop
        if self._limiter.statistics().tasks_waiting >= WAITING_LIMIT:
            raise Unavailable(mark("too many people sign in at this moment; try again"))
        return await anyio.to_thread.run_sync(call, limiter=self._limiter)


class SignInViews:
    """Signing in and out."""

    def __init__(self, hub: Hub, templates: Templates, comparing: Comparing) -> None:
        self._hub = hub
        self._templates = templates
        self._comparing = comparing

    async def page(self, request: Request) -> Response:
        """The form."""
        return await self._page(request, to=own_address(request.query_params.get("to", "")))

    async def sign_in(self, request: Request) -> Response:
        """Sign in with the form; the answer leads to the page that was asked for."""
        form = await form_of(request)
        if is_overheard(request):
            return await self._page(request, status=403)
        typed = TypedSignIn(form["name"], form["password"], form["code"])
        origin = origin_of(request)
        to = own_address(form["to"])
        try:
            secret = await self._comparing.run(
                lambda: sign_in(self._hub, typed, origin, self._comparing.cost)
            )
        except HubError as error:
            return await self._page(request, error=error, name=form["name"][:80], to=to)
        answer = RedirectResponse(to, 303, headers=NOT_STORED)
        give(answer, request, secret)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the sign-in of this browser."""
        viewer = viewer_in(request)
        await run_in_threadpool(sign_out, self._hub, viewer, address_of(request))
        answer = RedirectResponse("/sign-in", 303, headers=NOT_STORED)
        take_back(answer, request)
        return answer

    async def _page(
        self,
        request: Request,
        *,
        error: HubError | None = None,
        name: str = "",
        to: str = "/",
        status: int = 200,
    ) -> Response:
        say = say_in(language_of(request))
        model = SignInPage(
            w=in_language_of(SIGN_IN_WORDS, say),
            trouble=trouble_of(error, say) if error else "",
            name=name,
            to=to,
            is_overheard=is_overheard(request),
        )
        answer = await self._templates.page(
            request,
            "signin/page.html",
            lambda: model,
            translated=True,
            status=refused_with(error) if error else status,
        )
        if error is not None and "seconds" in error.values:
            answer.headers["Retry-After"] = str(error.values["seconds"])
        return answer


class WelcomeViews:
    """The first password and second factor, with the code of an invitation."""

    def __init__(self, hub: Hub, templates: Templates, comparing: Comparing) -> None:
        self._hub = hub
        self._templates = templates
        self._comparing = comparing

    async def page(self, request: Request) -> Response:
        """The form for the code."""
        return await self._page(request)

    async def go_on(self, request: Request) -> Response:
        """The form for the password, or with a password: set it and show the recovery codes."""
        form = await form_of(request)
        if is_overheard(request):
            return await self._page(request)
        code, address = form["code"], address_of(request)
        try:
            invited = await run_in_threadpool(open_invitation, self._hub, code, address)
        except HubError as error:
            return await self._page(request, error=error, code=code[:80])
        wrong: HubError | None = None
        if "password" in form:
            try:
                codes = await self._comparing.run(lambda: self._accept(form, address))
            except HubError as error:
                wrong = error
            else:
                return await ready(self._templates, request, codes)
        return await self._page(
            request, error=wrong, code=code, account=invited.account, secret=invited.secret
        )

    async def show(self, request: Request, code: str) -> Response:
        """The form for the password, for a person who has just been given the code."""
        invited = await run_in_threadpool(open_invitation, self._hub, code, address_of(request))
        return await self._page(request, code=code, account=invited.account, secret=invited.secret)

    def _accept(self, form: Form, address: str) -> Sequence[str]:
        return accept(
            self._hub,
            form["code"],
            form["password"],
            form["again"],
            form["factor"],
            address=address,
            cost=self._comparing.cost,
        )

    async def _page(
        self,
        request: Request,
        *,
        error: HubError | None = None,
        code: str = "",
        account: Account | None = None,
        secret: bytes = b"",
    ) -> Response:
        say = say_in(language_of(request))
        model = WelcomePage(
            w=in_language_of({**SIGN_IN_WORDS, **WELCOME_WORDS}, say),
            trouble=trouble_of(error, say) if error else "",
            code=code,
            is_overheard=is_overheard(request),
        )
        if account is not None:
            model = msgspec.structs.replace(
                model,
                name=account.name,
                key=secret_text(secret),
                picture=picture_of(secret, account.name, str(self._hub.identity.hub)),
            )
        return await self._templates.page(
            request,
            "signin/welcome.html",
            lambda: model,
            translated=True,
            status=refused_with(error) if error else 200,
            headers=WITH_PICTURE,
        )


async def ready(templates: Templates, request: Request, codes: Sequence[str]) -> Response:
    """The page with new recovery codes, which are shown once."""
    words = in_language_of(READY_WORDS, say_in(language_of(request)))
    model = ReadyPage(w=words, codes=tuple(codes))
    return await templates.page(request, "signin/ready.html", lambda: model, translated=True)


def picture_of(secret: bytes, name: str, hub: str) -> str:
    """The QR code of a second factor as an address with the picture in it."""
    data = base64.b64encode(code_picture(otpauth_uri(secret, name, hub))).decode("ascii")
    return f"data:image/png;base64,{data}"


def refused_with(error: TidewaiterError) -> int:
    """The status of a page that says the error; it is logged as other refusals are."""
    status = status_of(error)
    log_failure(status, type(error).__name__, error.what)
    return status


def own_address(text: str) -> str:
    """An address of these pages; `/` for anything that could lead elsewhere."""
    plain = text.isascii() and text.isprintable() and "\\" not in text and len(text) <= 300
    if not plain or not text.startswith("/") or text.startswith("//"):
        return "/"
    return text
