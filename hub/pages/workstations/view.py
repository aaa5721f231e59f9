"""The page of the workstations."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.packs import Library
from hub.pages.paging import after_device
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of
from hub.pages.workstations.model import workstations_page


class WorkstationsView:
    """Each workstation with its chain; the refused items; the hub itself."""

    def __init__(self, hub: Hub, library: Library, templates: Templates) -> None:
        self._hub = hub
        self._library = library
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The workstations with their branch ends and their last contact, from the one after
        `?after=ID`.
        """
        last = after_device(request)
        return await self._templates.page(
            request,
            "workstations/page.html",
            lambda: workstations_page(self._hub, self._library, last, scope_of(request)),
        )
