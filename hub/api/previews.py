"""The route for previews that go ahead of large photos."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import Malformed
from domain.ids import PhotoHash
from domain.words import mark
from hub import previews
from hub.api.door import body, caller
from hub.errors import NotHere
from hub.hub import Hub
from hub.log import log
from hub.serving.arrivals import Arrivals
from hub.serving.photo_threads import in_photo_thread


class PreviewRoutes:
    """Takes previews; what becomes of them is in `hub.previews`."""

    def __init__(self, hub: Hub, arrivals: Arrivals) -> None:
        self._hub = hub
        self._arrivals = arrivals

    def routes(self) -> list[Route]:
        """The routes with their methods and paths."""
        return [Route("/api/photos/{photo}/preview", self.put, methods=["PUT"])]

    async def put(self, request: Request) -> Response:
        """204 when the preview is kept, and when none is needed."""
        device = await caller(self._hub, request)
        try:
            photo = PhotoHash.parse(request.path_params["photo"])
        except Malformed as error:
            raise NotHere(mark("no such photo")) from error
        data = await body(request, previews.SIZE_LIMIT)
        if await in_photo_thread(previews.take, self._hub, device, photo, data):
            log("preview", device=device, size=len(data))
            self._arrivals.notify()
        return Response(status_code=204)
