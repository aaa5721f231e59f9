"""The feed of what comes down to the workstations."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.words import mark
from hub.api.door import caller
from hub.errors import RequestRefused
from hub.feed import signed_page
from hub.hub import Hub
from hub.packs import Library
from hub.receiver import receiver


class FeedRoutes:
    """The route of the feed."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub = hub
        self._library = library

    def routes(self) -> list[Route]:
        """The route with its method and path."""
        return [Route("/api/feed", self.page)]

    async def page(self, request: Request) -> Response:
        """The signed page of items after `after`: those for the workstation, or with `posts=all`
        those for all, which it puts on a stick.
        """
        who = await caller(self._hub, request)
        text = request.query_params.get("after", "0")
        if not (text.isdecimal() and len(text) <= 15):
            raise RequestRefused(mark("after must be the number of an item"))
        for_all = request.query_params.get("posts") == "all"

        def look() -> bytes:
            whose = None if for_all else receiver(self._hub, who, self._library)
            return signed_page(self._hub, int(text), whose)

        data = await run_in_threadpool(look)
        return Response(data, media_type="application/json")
