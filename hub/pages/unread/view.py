"""The page of entries that this version cannot read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.pages.paging import before
from hub.pages.templates import Templates
from hub.pages.unread.model import unread_page
from hub.pages.viewer import scope_of


class UnreadView:
    """Entries as they came."""

    def __init__(self, hub: Hub, templates: Templates) -> None:
        self._hub = hub
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """Entries that this version cannot read, newest first."""
        last = before(request)
        return await self._templates.page(
            request, "unread/page.html", lambda: unread_page(self._hub, last, scope_of(request))
        )
