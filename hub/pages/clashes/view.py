"""The page of repeated numbers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.pages.clashes.model import numbers_page
from hub.pages.paging import after_number
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of


class ClashesView:
    """Each number with the records in which it stands."""

    def __init__(self, hub: Hub, templates: Templates) -> None:
        self._hub = hub
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The numbers that stand in more than one record, from the one after
        `?after=KIND:NUMBER`.
        """
        last = after_number(request)
        return await self._templates.page(
            request, "clashes/page.html", lambda: numbers_page(self._hub, last, scope_of(request))
        )
