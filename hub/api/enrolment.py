"""What a workstation asks before it enrols: who the hub is, and which station a code gives."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.words import mark
from hub.api.door import body
from hub.enrol import file_of, introduction
from hub.errors import RequestRefused
from hub.hub import Hub
from hub.serving.proxies import address_of
from sync.wire.acknowledgement import NONCE_LIMIT
from sync.wire.code import read_code
from sync.wire.envelope import UnreadableJson, decode

QUESTION_LIMIT = 4 * 1024


class CodeQuestion(msgspec.Struct, frozen=True):
    """`{"code": "..."}`: the secret of a code, or the whole code."""

    code: str
    unused: bool = False
    """Whether a code that was used counts as refused: the asker is a workstation not yet made."""


class EnrolmentRoutes:
    """The routes without a token, besides `/api/enrol` and `/api/health`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[Route]:
        """The routes with their methods and paths."""
        return [
            Route("/api/introduction", self.introduce),
            Route("/api/enrolment", self.give_file, methods=["POST"]),
        ]

    async def introduce(self, request: Request) -> Response:
        """Answer with the signed introduction of this hub."""
        nonce = request.query_params.get("nonce", "")[:NONCE_LIMIT]
        data = await run_in_threadpool(introduction, self._hub, nonce)
        return Response(data, media_type="application/json")

    async def give_file(self, request: Request) -> Response:
        """Answer with the enrolment file for a one-time code."""
        try:
            asked = decode(await body(request, QUESTION_LIMIT), CodeQuestion)
        except UnreadableJson as error:
            raise RequestRefused(mark("not a question about a code")) from error
        secret = read_code(asked.code).secret
        data = await run_in_threadpool(
            file_of, self._hub, secret, address_of(request), unused=asked.unused
        )
        return Response(data, media_type="application/json")
