"""Photos in a bucket of an S3-compatible store; unfinished uploads on the disk of this machine.

The names in the bucket are those of the folder: `photos/ab/abcd...`, `photos/hub.json`,
`derived/ab/abcd....thumbnail`, so that photos can be moved either way.

Every photo is sent with `If-None-Match: *` and its SHA-256: the store itself refuses a second
photo of the same name and bytes that changed on the way. What is stored is read back before the
hub says that it has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import msgspec
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from domain.errors import Malformed
from domain.ids import HubId, PhotoHash
from domain.words import mark
from hub.errors import CannotServe, NotHere, PhotosAway
from hub.store.claims import Owner
from hub.store.objects.arriving import ArrivingPhotos
from hub.store.objects.bucket_address import read_bucket_address
from hub.store.port import Condition, Derived, condition
from system.errors import CannotWrite

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

PIECE = 1 << 20
OWNER = "photos/hub.json"
CLIENT: ClientConfig = {"connect_timeout": "5s", "timeout": "120s"}
RETRY: RetryConfig = {"max_retries": 1, "retry_timeout": timedelta(seconds=10)}
"""A workstation sends again by itself, so the hub need not wait for long."""
AT_ONCE, TURN_WITHIN = 24, 0.5
"""Questions to the store at the same time, and the seconds that one more waits for its turn. A
store that hangs must not hold all threads of the hub, 40: records want them too.
"""


class BucketObjects(ArrivingPhotos):
    """The photos of one hub in the bucket that `store` reaches; `where` names it in messages."""

    def __init__(self, store: S3Store, arriving: Path, where: str) -> None:
        super().__init__(arriving)
        self._store, self.where = store, where
        self._turns = BoundedSemaphore(AT_ONCE)

    @property
    def folder(self) -> Path | None:
        """None: the bytes are not on this machine."""
        return None

    def owner(self) -> HubId | None:
        """The id of the hub that owns the photos; None when the bucket has none.

        Raises `CannotServe` when the bucket cannot be read.
        """
        try:
            with self._asking():
                held = bytes(self._store.get(OWNER).bytes())
            return HubId.parse(msgspec.json.decode(held, type=Owner).hub)
        except NotHere:
            return None
        except (msgspec.MsgspecError, Malformed) as error:
            raise CannotServe(
                mark("the file that says whose photos these are cannot be read"),
                about=f"{self.where}/{OWNER}",
                hint=mark("Restore it from another copy, or remove it if they are this hub's."),
            ) from error

    def claim(self, hub: HubId) -> None:
        """Write the id of the owner `hub` into the bucket, and make the folder for uploads."""
        try:
            self._arriving.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotServe(
                mark("the folder for uploads cannot be made: {cause}"),
                about=str(self._arriving),
                cause=error.strerror,
            ) from error
        if self.owner() != hub:
            with self._asking():
                self._store.put(OWNER, msgspec.json.encode(Owner(str(hub))) + b"\n")
        self._own = hub

    def away(self) -> PhotosAway:
        """The error for a bucket that is another hub's; one that does not answer has its own."""
        return PhotosAway(
            mark("the bucket is no longer this hub's"),
            about=self.where,
            hint=mark("Name the hub's own bucket with --objects; the photos wait."),
        )

    def hold(self) -> AbstractContextManager[None]:
        """No lock: several processes of one hub use the bucket at the same time."""
        return nullcontext()

    def sizes(self) -> Iterator[tuple[PhotoHash, int]]:
        """Every photo with stored bytes, also a damaged one; S3 lists names in their order."""
        with self._asking():
            for batch in self._store.list("photos/"):
                for each in batch:
                    with suppress(Malformed):  # not our object, or set aside
                        yield PhotoHash.parse(each["path"].rpartition("/")[2]), each["size"]

    def keep(self, upload: str, photo: PhotoHash) -> None:
        """Store the upload's bytes under their hash; a photo that is already stored stays.

        The bytes are read back from the bucket before the upload's own are deleted.
        """
        self.expect_own()
        part, name = self._part(upload), _path(photo)
        data = part.read_bytes() if part.exists() else b""
        for _ in range(2):
            try:
                with self._asking():
                    self._store.put(name, data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                pass
            if condition(self, photo) is Condition.WHOLE:
                part.unlink(missing_ok=True)
                return
            self.set_aside(photo)
        raise CannotWrite(
            mark("the store for photos did not keep the bytes as they were sent"),
            about=f"{self.where}/{name}",
            hint=mark("Ask who runs it; the photo waits at its workstation."),
        )

    def size(self, photo: PhotoHash) -> int | None:
        """How many bytes are stored under this hash; None when there is no such photo."""
        try:
            with self._asking():
                return self._store.head(_path(photo))["size"]
        except NotHere:
            self.expect_own()
            return None

    def read(self, photo: PhotoHash) -> Iterator[bytes]:
        """The bytes in pieces.

        Raises `NotHere`, or `PhotosAway` when the bucket cannot be reached or is not this hub's.
        """
        try:
            with self._asking():
                found = self._store.get(_path(photo))
            with self._errors_as_ours():  # no turn: who reads may be slow
                for piece in found.stream(min_chunk_size=PIECE):
                    yield bytes(piece)
        except NotHere as error:
            self.expect_own()
            raise NotHere(mark("the hub does not have this photo"), about=photo.short) from error

    def set_aside(self, photo: PhotoHash) -> None:
        """Move damaged bytes away, so that intact ones can be stored."""
        name = _path(photo)
        with suppress(NotHere), self._asking():
            self._store.rename(name, f"{name}.damaged")

    def derived(self, photo: PhotoHash, what: Derived) -> bytes | None:
        """The picture made from the photo; None when there is none."""
        try:
            with self._asking():
                return bytes(self._store.get(_made(photo, what)).bytes()) or None
        except NotHere:
            return None

    def put_derived(self, photo: PhotoHash, what: Derived, data: bytes) -> None:
        """Store a picture made from the photo, atomically; an existing one stays."""
        with suppress(AlreadyExistsError), self._asking():
            self._store.put(_made(photo, what), data, mode="create", use_multipart=False)

    def drop_derived(self, photo: PhotoHash, what: Derived) -> None:
        """Delete a picture made from the photo."""
        with suppress(NotHere), self._asking():
            self._store.delete(_made(photo, what))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """A turn to ask the store, errors as ours; `PhotosAway` when no turn comes free."""
        if not self._turns.acquire(timeout=TURN_WITHIN):
            raise self._silent()
        try:
            with self._errors_as_ours():
                yield
        finally:
            self._turns.release()

    def _silent(self) -> PhotosAway:
        return PhotosAway(
            mark("the store for photos does not answer"),
            about=self.where,
            hint=mark("Text goes on; the photos wait, and go when it is back."),
        )

    @contextmanager
    def _errors_as_ours(self) -> Iterator[None]:
        """Raise the store's errors as ours: `NotHere` for a missing object, `PhotosAway` for a
        store that does not answer or refuses the hub.
        """
        try:
            yield
        except AlreadyExistsError:
            raise
        except (NotFoundError, FileNotFoundError) as error:
            raise NotHere(mark("the bucket has no such object"), about=self.where) from error
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise PhotosAway(
                mark("the store for photos refuses the hub's key"),
                about=self.where,
                hint=mark("Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the hub."),
            ) from error
        except BaseError as error:
            raise self._silent() from error


def open_bucket(url: str) -> BucketObjects:
    """The bucket that `s3://BUCKET/PREFIX?arriving=/FOLDER` names, with `endpoint=` and `region=`
    where the store is not Amazon's. Keys come from the environment (AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY), never from the address.

    Raises `AddressRefused`.
    """
    address = read_bucket_address(url)
    config: S3Config = {"checksum_algorithm": "SHA256"}
    if address.endpoint:
        config["endpoint"] = address.endpoint
    if address.region:
        config["region"] = address.region
    plain: ClientConfig = {"allow_http": True} if address.endpoint.startswith("http:") else {}
    store = S3Store(
        address.bucket,
        prefix=address.prefix or None,
        config=config,
        client_options=CLIENT | plain,
        retry_config=RETRY,
    )
    return BucketObjects(store, address.arriving, address.where)


def _path(photo: PhotoHash) -> str:
    name = str(photo)
    return f"photos/{name[:2]}/{name}"


def _made(photo: PhotoHash, what: Derived) -> str:
    name = str(photo)
    return f"derived/{name[:2]}/{name}.{what.value}"
