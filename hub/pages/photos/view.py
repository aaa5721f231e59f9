"""Photos as pages show them: thumbnail, preview, and the original as it came."""

from __future__ import annotations

import asyncio
from html import escape

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from domain.errors import Malformed
from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import NotHere
from hub.hub import Hub
from hub.pages.guard import HEADERS
from hub.pages.viewer import scope_of
from hub.pictures import GONE
from hub.serving.photo_threads import in_photo_thread, photo_pieces
from hub.statement import held_photo
from hub.store.port import Derived
from hub.store.sql.photos import Held, PictureForm
from hub.store.sql.scope import sees_photo

TYPES = {
    PictureForm.JPEG: "image/jpeg",
    PictureForm.PNG: "image/png",
    PictureForm.WEBP: "image/webp",
}
SANDBOX = {**HEADERS, "Content-Security-Policy": "default-src 'none'; sandbox"}
PLACEHOLDER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 192" width="256" height="192">'
    '<g fill="none" stroke="#8592A3" stroke-width="4" stroke-linecap="round">'
    '<rect x="92" y="42" width="72" height="54" rx="6"/><path d="M84 106l88-74"/></g>'
    '<g fill="#8592A3" font-family="Noto Sans, sans-serif" font-size="17" text-anchor="middle">'
    '<text x="128" y="136">cannot be shown</text><text x="128" y="160">{why}</text></g></svg>'
)


class PhotoViews:
    """The views of one photo. A picture is made when it is first asked for, and then kept."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def original(self, request: Request) -> Response:
        """The original bytes, shown as a picture when they begin like one, else offered as a
        download.
        """
        held = await self._held(request)
        if is_kept(request, held.hash):
            return Response(status_code=304, headers=kept_as(held.hash))
        headers = {**SANDBOX, **kept_as(held.hash), "Content-Length": str(held.size)}
        if held.form not in TYPES or "download" in request.query_params:
            name = f"{held.hash.short}.{held.form if held.form in TYPES else 'bin'}"
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return StreamingResponse(
            photo_pieces(self._hub.objects.read(held.hash)),
            media_type=TYPES.get(held.form, "application/octet-stream"),
            headers=headers,
        )

    async def thumbnail(self, request: Request) -> Response:
        """256 pixels at most, or a drawing that says why there is none."""
        return await self._picture(request, Derived.THUMBNAIL)

    async def preview(self, request: Request) -> Response:
        """1600 pixels at most, or a drawing that says why there is none."""
        return await self._picture(request, Derived.PREVIEW)

    async def sent_thumbnail(self, request: Request) -> Response:
        """That of the preview which the workstation sent ahead of the photo."""
        return await self._sent(request, Derived.SENT_THUMBNAIL)

    async def sent_preview(self, request: Request) -> Response:
        """The preview which the workstation sent ahead of the photo."""
        return await self._sent(request, Derived.SENT_PREVIEW)

    async def _sent(self, request: Request, what: Derived) -> Response:
        photo, scope = _photo(request), scope_of(request)

        def kept() -> bytes | None:
            with self._hub.database.reading() as rows:
                is_shown = sees_photo(rows, photo, scope)
            return self._hub.pictures.kept(photo, what) if is_shown else None

        data = await in_photo_thread(kept)
        if data is None:
            raise NotHere(mark("the hub has no preview of this photo"), about=photo.short)
        headers = {**SANDBOX, "Cache-Control": "no-store"}
        return Response(data, media_type="image/jpeg", headers=headers)

    async def _picture(self, request: Request, what: Derived) -> Response:
        held = await self._held(request)
        if is_kept(request, held.hash):
            return Response(status_code=304, headers=kept_as(held.hash))
        data = await in_photo_thread(self._hub.pictures.kept, held.hash, what)
        if data is None:
            made = await asyncio.shield(asyncio.wrap_future(self._hub.pictures.make(held.hash)))
            if made.why == GONE:
                raise NotHere(mark("the hub does not have this photo"), about=held.hash.short)
            if made.why:
                drawn = PLACEHOLDER.format(why=escape(made.why))
                headers = {**SANDBOX, "Cache-Control": "no-store"}
                return Response(drawn, media_type="image/svg+xml", headers=headers)
            data = made.preview if what is Derived.PREVIEW else made.thumbnail
        return Response(data, media_type="image/jpeg", headers={**SANDBOX, **kept_as(held.hash)})

    async def _held(self, request: Request) -> Held:
        wanted, scope = _photo(request), scope_of(request)

        def look() -> Held | None:
            with self._hub.database.reading() as rows:
                if not sees_photo(rows, wanted, scope):
                    return None
                return held_photo(self._hub, rows, wanted)

        held = await in_photo_thread(look)
        if held is None:
            raise NotHere(mark("the hub does not have this photo"), about=wanted.short)
        return held


def kept_as(photo: PhotoHash) -> dict[str, str]:
    """Headers with which a browser keeps the picture, and asks each time whether it may show it:
    after a sign-out, or to another person, it may not.
    """
    return {"Cache-Control": "private, no-cache", "ETag": f'"{photo}"', "Vary": "Cookie"}


def is_kept(request: Request, photo: PhotoHash) -> bool:
    """Whether the browser has the picture."""
    return request.headers.get("if-none-match", "") == f'"{photo}"'


def _photo(request: Request) -> PhotoHash:
    try:
        return PhotoHash.parse(request.path_params["photo"])
    except Malformed as error:
        raise NotHere(mark("no such photo")) from error
