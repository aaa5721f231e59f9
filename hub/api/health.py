"""Whether the hub lives, and whether it can take requests: for proxies and for monitoring."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.serving.readiness import Readiness

HEADERS = {"Cache-Control": "no-store"}


class HealthRoutes:
    """Routes that anybody may ask; no answer contains anything about the hub's content."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def routes(self) -> list[Route]:
        """The routes with their paths."""
        return [Route("/health/live", self.live), Route("/health/ready", self.ready)]

    async def live(self, request: Request) -> Response:  # noqa: ARG002
        """200 as long as the process answers."""
        return JSONResponse({"live": True}, headers=HEADERS)

    async def ready(self, request: Request) -> Response:  # noqa: ARG002
        """200 when every part is in order, else 503; both name the parts."""
        found = await run_in_threadpool(self._readiness.examine)
        headers = HEADERS if found.ready else {**HEADERS, "Retry-After": "5"}
        return JSONResponse(msgspec.to_builtins(found), 200 if found.ready else 503, headers)
