"""The page of the own account, and what a person changes there."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.errors import HubError
from hub.hub import Hub
from hub.pages.account.model import account_page
from hub.pages.cookie import take_back
from hub.pages.form import form_of
from hub.pages.guard import NOT_STORED
from hub.pages.language import language_of, say_in, trouble_of
from hub.pages.signin.view import Comparing, WelcomeViews, refused_with
from hub.pages.templates import Templates
from hub.pages.viewer import actor_in, viewer_in
from hub.people.accounts import invite_oneself
from hub.people.invitations import change_password
from hub.people.signing_in import confirms, end_own
from hub.serving.proxies import address_of


class AccountViews:
    """The own account."""

    def __init__(
        self, hub: Hub, templates: Templates, comparing: Comparing, welcome: WelcomeViews
    ) -> None:
        self._hub = hub
        self._welcome = welcome
        self._templates = templates
        self._comparing = comparing

    async def page(self, request: Request) -> Response:
        """Role, regions, sign-ins, and the forms."""
        return await self._page(request)

    async def password(self, request: Request) -> Response:
        """Change the password, which the present one and a code confirm."""
        form = await form_of(request)
        viewer = viewer_in(request)
        address, cost = address_of(request), self._comparing.cost

        def change() -> None:
            confirms(self._hub, viewer, form["old"], form["code"], address=address, cost=cost)
            change_password(
                self._hub, viewer, form["password"], form["again"], address=address, cost=cost
            )

        try:
            await self._comparing.run(change)
        except HubError as error:
            return await self._page(request, error=error)
        return await self._page(request, is_changed=True)

    async def factor(self, request: Request) -> Response:
        """Begin to set a new second factor: the same way as with a code of the administrator."""
        form = await form_of(request)
        viewer = viewer_in(request)
        address, cost = address_of(request), self._comparing.cost

        def begin() -> str:
            confirms(self._hub, viewer, form["old"], form["code"], address=address, cost=cost)
            return invite_oneself(self._hub, viewer.account, actor_in(request))

        try:
            code = await self._comparing.run(begin)
        except HubError as error:
            return await self._page(request, error=error)
        answer = await self._welcome.show(request, code)
        take_back(answer, request)
        return answer

    async def end(self, request: Request) -> Response:
        """End one of the own sign-ins, or all but this one."""
        form = await form_of(request)
        viewer = viewer_in(request)
        await run_in_threadpool(end_own, self._hub, viewer, form["end"], address_of(request))
        return RedirectResponse("/account", 303, headers=NOT_STORED)

    async def _page(
        self, request: Request, *, error: HubError | None = None, is_changed: bool = False
    ) -> Response:
        viewer = viewer_in(request)
        say = say_in(language_of(request))
        trouble = trouble_of(error, say) if error else ""
        return await self._templates.page(
            request,
            "account/page.html",
            lambda: account_page(self._hub, viewer, say, trouble=trouble, is_changed=is_changed),
            translated=True,
            status=refused_with(error) if error else 200,
        )
