"""Enrolment, batches, and questions about what the hub stores."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.encoding import to_json
from domain.errors import Malformed
from domain.ids import DeviceId, EntryHash, PackHash, PhotoHash
from domain.statement import PROTOCOL
from domain.words import mark
from hub import wanted_packs
from hub.api.door import body, caller
from hub.enrol import enrol
from hub.errors import NotAllowed, NotHere, RequestRefused
from hub.hub import Hub
from hub.intake import take
from hub.log import log
from hub.packs import Library
from hub.serving.arrivals import Arrivals
from hub.serving.photo_threads import in_photo_thread
from hub.serving.proxies import address_of
from hub.space import Space
from hub.statement import PHOTOS_LIMIT, Question, note_losses, signed, state
from hub.store.sql import devices, entries
from hub.store.sql.identity import is_known
from sync.wire.acknowledgement import NONCE_LIMIT
from sync.wire.batch import MEDIA_TYPE, PACKED_LIMIT, pack_batch
from sync.wire.enrolment import read_request
from sync.wire.envelope import UnreadableJson, decode

REQUEST_LIMIT = 64 * 1024
ASKED_LIMIT = PHOTOS_LIMIT * 80
HASHES_TYPE = "application/vnd.tidewaiter.hashes"
"""The media type of a question about photos that names each by the 32 bytes of its hash."""
HASH_SIZE = 32
FETCH_ENTRIES = 1_000
FETCH_BYTES = 8 * 1024 * 1024
HELD_LIMIT = 1_000


class DeviceRoutes:
    """The routes that workstations use, except those for photos."""

    def __init__(self, hub: Hub, library: Library, arrivals: Arrivals, space: Space) -> None:
        self._hub = hub
        self._space = space
        self._library = library
        self._arrivals = arrivals

    def routes(self) -> list[Route]:
        """The routes with their methods and paths."""
        return [
            Route("/api/health", self.health),
            Route("/api/enrol", self.enrol, methods=["POST"]),
            Route("/api/batches", self.take_batch, methods=["POST"]),
            Route("/api/devices/{device}/tips", self.tips),
            Route("/api/devices/{device}/photos", self.photos, methods=["POST"]),
            Route("/api/devices/{device}/entries", self.entries),
            Route("/api/packs", self.packs),
            Route("/api/packs/{id}/{version}", self.pack),
            Route("/api/packs/{sha256}", self.take_pack, methods=["PUT"]),
        ]

    async def health(self, request: Request) -> Response:  # noqa: ARG002
        """200 when the database answers."""

        def look() -> dict[str, str]:
            with self._hub.database.reading() as rows:
                is_known(rows)
            identity = self._hub.identity
            return {
                "hub": str(identity.hub),
                "epoch": identity.epoch,
                "at": str(self._hub.now()),
                "protocol": str(PROTOCOL),
            }

        return JSONResponse(await run_in_threadpool(look))

    async def enrol(self, request: Request) -> Response:
        """Answer with a token for a workstation that sends a one-time code."""
        wanted = read_request(await body(request, REQUEST_LIMIT))
        address = address_of(request)
        packs = await run_in_threadpool(self._library.offered, wanted.post)
        given = await run_in_threadpool(enrol, self._hub, wanted, address, packs)
        log("enrolled", device=wanted.device)
        return _json(to_json(given))

    async def take_batch(self, request: Request) -> Response:
        """Store the batch, then answer with the signed statement of what the hub stores."""
        carrier = await caller(self._hub, request)
        self._space.expect_for_records()
        data = await body(request, PACKED_LIMIT)
        took = await run_in_threadpool(take, self._hub, carrier, data, _question(request))
        refused = len(took.statement.refused)
        log("batch", device=carrier, new=took.new, held=took.held, gaps=took.gaps, refused=refused)
        if took.new:
            self._arrivals.notify()
        return _json(took.answer)

    async def tips(self, request: Request) -> Response:
        """The signed statement of what the hub stores of a device; a device may also ask about
        another one.
        """
        await caller(self._hub, request)
        device = _device(request)
        question = _question(request)

        def look() -> bytes:
            with self._hub.database.reading() as rows:
                if devices.device(rows, device) is None:
                    raise NotHere(mark("the hub does not know this workstation"), about=str(device))
                found = state(self._hub, rows, device, question=question)
            return signed(self._hub, found)

        return _json(await run_in_threadpool(look))

    async def photos(self, request: Request) -> Response:
        """The same statement; it also says which of the photos in the question the hub stores."""
        await caller(self._hub, request)
        device, question = _device(request), _question(request)
        as_letters = request.headers.get("content-type") == HASHES_TYPE
        data = await body(request, ASKED_LIMIT)
        asked = _hashes_as_bytes(data) if as_letters else _hashes(data)

        def look() -> bytes:
            note_losses(self._hub, asked)
            with self._hub.database.reading() as rows:
                found = state(
                    self._hub,
                    rows,
                    device,
                    asked=asked,
                    as_letters=as_letters,
                    question=question,
                )
            return signed(self._hub, found)

        return _json(await in_photo_thread(look))

    async def entries(self, request: Request) -> Response:
        """A batch of the device's entries, without those that it names and their ancestors."""
        who = await caller(self._hub, request)
        device = _device(request)
        if who != device:
            raise NotAllowed(mark("a workstation fetches its own entries only"))
        named = request.query_params.getlist("after")
        if len(named) > HELD_LIMIT:
            raise RequestRefused(mark("more than {limit} tips"), limit=HELD_LIMIT)
        try:
            held = [EntryHash.parse(text) for text in named]
        except Malformed as error:
            raise RequestRefused(error.what, about=error.about) from error

        def look() -> tuple[bytes, int]:
            with self._hub.database.reading() as rows:
                found, left = entries.beyond(
                    rows, device, held, limit=FETCH_ENTRIES, size=FETCH_BYTES
                )
            return pack_batch(found), left

        data, left = await run_in_threadpool(look)
        return Response(data, media_type=MEDIA_TYPE, headers={"Tidewaiter-Remaining": str(left)})

    async def packs(self, request: Request) -> Response:
        """The list of checklists that name the post of the workstation."""
        who = await caller(self._hub, request)

        def look() -> bytes:
            with self._hub.database.reading() as rows:
                found = devices.device(rows, who)
            return to_json(self._library.offered(found.post if found else ""))

        return _json(await run_in_threadpool(look))

    async def pack(self, request: Request) -> Response:
        """The bytes of a checklist, as they were published."""
        await caller(self._hub, request)
        key = (request.path_params["id"], request.path_params["version"])
        data = await run_in_threadpool(self._library.file, key)
        if data is None:
            raise NotHere(mark("the hub has no such pack"), about=" ".join(key)[:100])
        return _json(data)

    async def take_pack(self, request: Request) -> Response:
        """204 when the hub keeps the bytes of a pack that it asked for."""
        who = await caller(self._hub, request)
        try:
            name = PackHash.parse(request.path_params["sha256"])
        except Malformed as error:
            raise NotHere(mark("no such pack")) from error
        data = await body(request, wanted_packs.SIZE_LIMIT)
        pack = await run_in_threadpool(wanted_packs.take, self._hub, who, name, data)
        log("pack", device=who, pack=f"{pack.id} {pack.version}")
        self._arrivals.notify()
        return Response(status_code=204)


def _json(data: bytes) -> Response:
    return Response(data, media_type="application/json")


def _question(request: Request) -> Question:
    """What the address of a question names (`?nonce=TEXT&losses=N`). Raises `RequestRefused`."""
    number = request.query_params.get("losses")
    if number is not None and not (number.isdecimal() and number.isascii() and len(number) < 18):
        raise RequestRefused(mark("losses must be the number of a loss"))
    return Question(
        nonce=request.query_params.get("nonce", "")[:NONCE_LIMIT],
        losses=None if number is None else int(number),
    )


def _device(request: Request) -> DeviceId:
    try:
        return DeviceId.parse(request.path_params["device"])
    except Malformed as error:
        raise NotHere(mark("no such workstation")) from error


def _hashes_as_bytes(data: bytes) -> list[PhotoHash]:
    """The hashes in `data`, 32 bytes each, in their order. Raises `RequestRefused`."""
    if len(data) % HASH_SIZE:
        raise RequestRefused(mark("not a question about photos"))
    return _few([PhotoHash(data[at : at + HASH_SIZE]) for at in range(0, len(data), HASH_SIZE)])


def _hashes(data: bytes) -> list[PhotoHash]:
    """The hashes in `{"hashes": ["<64 hexadecimal digits>", ...]}`, each once."""
    try:
        asked = decode(data, dict[str, tuple[PhotoHash, ...]]).get("hashes", ())
    except UnreadableJson as error:
        raise RequestRefused(mark("not a question about photos")) from error
    return _few(list(dict.fromkeys(asked)))


def _few(hashes: list[PhotoHash]) -> list[PhotoHash]:
    if len(hashes) > PHOTOS_LIMIT:
        raise RequestRefused(mark("more than {limit} photos in one question"), limit=PHOTOS_LIMIT)
    return hashes
