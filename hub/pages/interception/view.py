"""The page of one interception."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.packs import Library
from hub.pages.interception.model import interception_page
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of


class InterceptionView:
    """Goods, fields, revisions, reviews, receipts, photos, and the workstation."""

    def __init__(self, hub: Hub, library: Library, templates: Templates) -> None:
        self._hub = hub
        self._library = library
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The page of one interception."""
        record = request.path_params["record"]
        return await self._templates.page(
            request,
            "interception/page.html",
            lambda: interception_page(self._hub, self._library, record, scope_of(request)),
        )
