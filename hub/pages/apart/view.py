"""The page of entries held apart."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.pages.apart.model import apart_page
from hub.pages.paging import before
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of


class ApartView:
    """Entries as they came, until a person lets them in."""

    def __init__(self, hub: Hub, templates: Templates) -> None:
        self._hub = hub
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """Entries of ended workstations that arrived after the end, newest first."""
        last = before(request)
        return await self._templates.page(
            request, "apart/page.html", lambda: apart_page(self._hub, last, scope_of(request))
        )
