"""Thumbnails and previews of photos, decoded in child processes and kept beside the originals."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from domain.errors import TidewaiterError
from domain.ids import PhotoHash
from hub.errors import NotHere
from hub.log import log
from hub.store.port import Derived, Objects
from system.decode import DECODER, DECODERS, Decoders
from system.errors import CannotDecode

SECONDS = 10.0
"""Seconds for one photo; a photo of 12 megapixels takes about a tenth of a second."""
DECODED_LIMIT = 96 * 1024 * 1024
"""Bytes; a larger original is stored, but not decoded."""
PASSING = ("crashed", "took too long")
"""Reasons that may depend on the machine's state; they are forgotten when the hub stops."""
GONE = "the bytes are gone"
NO_READER = "the hub reads no pictures now"
"""Not stored as a reason: the photo is tried again at the next request."""


class Made(msgspec.Struct, frozen=True):
    """Both pictures of a photo as JPEG, or the reason that there are none."""

    thumbnail: bytes = b""
    preview: bytes = b""
    why: str = ""


class Pictures:
    """Makes each picture once; safe to use from any thread.

    A child process starts when it is first needed.
    """

    def __init__(
        self,
        objects: Objects,
        *,
        decoders: int = DECODERS,
        seconds: float = SECONDS,
        script: Path = DECODER,
    ) -> None:
        self._objects = objects
        self._seconds = seconds
        self._decoders = Decoders(decoders, script)
        self._workers = ThreadPoolExecutor(decoders, "pictures")
        self._lock = threading.Lock()
        self._making: dict[PhotoHash, Future[Made]] = {}
        self._passing: dict[PhotoHash, str] = {}
        self._verdicts: dict[PhotoHash, str] = {}

    def kept(self, photo: PhotoHash, what: Derived) -> bytes | None:
        """The picture, if it was made before."""
        return self._objects.derived(photo, what)

    def why_not(self, photo: PhotoHash) -> str:
        """Why the photo cannot be shown; empty when it can, or when that is not known yet.

        A bucket is not asked: a page has many photos, and must not wait for a bucket that hangs.
        The drawing in place of the picture says why.
        """
        verdict = self._verdict(photo) if self._objects.folder else self._verdicts.get(photo, "")
        return verdict or self._passing.get(photo, "")

    def _verdict(self, photo: PhotoHash) -> str:
        """The reason that is kept beside the photo; empty when there is none."""
        kept = self._objects.derived(photo, Derived.VERDICT)
        if not kept:
            self._verdicts.pop(photo, None)
            return ""
        self._verdicts[photo] = kept.decode("utf-8", "replace")
        return self._verdicts[photo]

    def make(self, photo: PhotoHash) -> Future[Made]:
        """Begin to make both pictures. A second call meanwhile returns the same future.

        No content of a photo makes it raise.
        """
        with self._lock:
            future = self._making.get(photo)
            if future is not None:
                return future
            future = self._workers.submit(self._make, photo)
            self._making[photo] = future
        future.add_done_callback(lambda _: self._forget(photo))
        return future

    def make_of_preview(self, photo: PhotoHash, data: bytes) -> Future[Made]:
        """Make both pictures from a preview that a workstation sent; its content raises nothing."""
        return self._workers.submit(self._make_of_preview, photo, data)

    def close(self) -> None:
        """Cancel waiting photos and end the child processes."""
        self._workers.shutdown(wait=True, cancel_futures=True)
        self._decoders.close()

    def _forget(self, photo: PhotoHash) -> None:
        with self._lock:
            self._making.pop(photo, None)

    def _make(self, photo: PhotoHash) -> Made:
        if why := self._verdict(photo) or self._passing.get(photo):
            return Made(why=why)
        size = self._objects.size(photo)
        if size is not None and size > DECODED_LIMIT:
            return self._refuse(photo, "too large")
        try:
            data = b"".join(self._objects.read(photo))
        except NotHere:
            return Made(why=GONE)
        made = self._decode(data)
        if made.why:
            return made if made.why == NO_READER else self._refuse(photo, made.why)
        self._keep(photo, Derived.PREVIEW, made.preview)
        self._keep(photo, Derived.THUMBNAIL, made.thumbnail)
        return made

    def _make_of_preview(self, photo: PhotoHash, data: bytes) -> Made:
        made = self._decode(data)
        if made.why:
            log("no preview", photo=photo.short, why=made.why)
            return made
        self._keep(photo, Derived.SENT_PREVIEW, made.preview)
        self._keep(photo, Derived.SENT_THUMBNAIL, made.thumbnail)
        return made

    def _decode(self, data: bytes) -> Made:
        try:
            decoded = self._decoders.decode(data, seconds=self._seconds)
        except CannotDecode as error:
            log("no picture reader", why=str(error.values["cause"]))
            return Made(why=NO_READER)
        if not (decoded.facts.readable and decoded.preview and decoded.thumbnail):
            return Made(why=decoded.facts.why or "damaged")
        return Made(decoded.thumbnail, decoded.preview)

    def _refuse(self, photo: PhotoHash, why: str) -> Made:
        log("no picture", photo=photo.short, why=why)
        if why in PASSING:
            self._passing[photo] = why
        else:
            self._verdicts[photo] = why
            self._keep(photo, Derived.VERDICT, why.encode())
        return Made(why=why)

    def _keep(self, photo: PhotoHash, what: Derived, data: bytes) -> None:
        try:
            self._objects.put_derived(photo, what, data)
        except TidewaiterError as error:  # a full disk: made again at the next request
            log("picture not kept", photo=photo.short, why=error.what)
