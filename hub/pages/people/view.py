"""The page of accounts, and what an administrator changes there."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from domain.words import mark
from hub.errors import HubError, RequestRefused
from hub.hub import Hub
from hub.pages.form import Form, form_of
from hub.pages.language import language_of, say_in, trouble_of
from hub.pages.people.model import people_page
from hub.pages.signin.view import refused_with
from hub.pages.templates import Templates
from hub.pages.viewer import actor_in
from hub.people import accounts
from hub.people.accounts import Invited
from hub.people.actor import Actor
from hub.people.roles import Role


class PeopleViews:
    """All accounts."""

    def __init__(self, hub: Hub, templates: Templates) -> None:
        self._hub = hub
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """People and programs, and the form for a new person."""
        return await self._page(request)

    async def add(self, request: Request) -> Response:
        """Add a person, and show the code once."""
        form = await form_of(request)

        def add() -> Invited:
            return accounts.add_person(
                self._hub,
                form["name"],
                _role(form["role"]),
                shown=form["shown"],
                in_regions=form.all("region"),
                actor=actor_in(request),
            )

        try:
            invited = await run_in_threadpool(add)
        except HubError as error:
            return await self._page(request, error=error)
        return await self._page(request, invited=invited)

    async def change(self, request: Request) -> Response:
        """Change one account."""
        form = await form_of(request)
        account = request.path_params["account"]
        try:
            invited = await run_in_threadpool(self._change, account[:40], form, actor_in(request))
        except HubError as error:
            return await self._page(request, error=error)
        return await self._page(request, invited=invited)

    def _change(self, account: str, form: Form, actor: Actor) -> Invited | None:
        match form["do"]:
            case "role":
                accounts.change_role(self._hub, account, _role(form["role"]), actor)
            case "disable":
                accounts.disable(self._hub, account, actor)
            case "enable":
                accounts.enable(self._hub, account, actor)
            case "end":
                accounts.end_sign_ins(self._hub, account, actor)
            case "reset":
                return accounts.reset(self._hub, account, actor)
            case _:
                raise RequestRefused(mark("no such change"))
        return None

    async def _page(
        self, request: Request, *, error: HubError | None = None, invited: Invited | None = None
    ) -> Response:
        say = say_in(language_of(request))
        trouble = trouble_of(error, say) if error else ""
        return await self._templates.page(
            request,
            "people/page.html",
            lambda: people_page(self._hub, say, trouble=trouble, invited=invited),
            translated=True,
            status=refused_with(error) if error else 200,
        )


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise RequestRefused(mark("no such role"), about=text[:40]) from error
