"""The list of interceptions that arrived, newest first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.packs import Library
from hub.pages.arrivals.model import arrivals_page
from hub.pages.paging import before, of_case
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of


class ArrivalsView:
    """The whole page, and only its rows for a page that is already open."""

    def __init__(self, hub: Hub, library: Library, templates: Templates) -> None:
        self._hub = hub
        self._library = library
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The list of arrivals, newest first."""
        return await self._filled("arrivals/page.html", request)

    async def rows(self, request: Request) -> Response:
        """The inner part of the list, which an open page asks for when something arrived."""
        return await self._filled("arrivals/rows.html", request)

    async def _filled(self, template: str, request: Request) -> Response:
        last, case_id = before(request), of_case(request)
        return await self._templates.page(
            request,
            template,
            lambda: arrivals_page(self._hub, self._library, last, case_id, scope_of(request)),
        )
