"""The address of a bucket, read without the packages that reach one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from domain.words import mark
from hub.errors import AddressRefused

EXAMPLE = "s3://BUCKET/PREFIX?arriving=/FOLDER&endpoint=URL&region=NAME"


class BucketAddress(NamedTuple):
    """What `s3://BUCKET/PREFIX?arriving=/FOLDER` names; `endpoint` and `region` are empty at
    Amazon's own store, `where` is the address in messages.
    """

    bucket: str
    prefix: str
    arriving: Path
    endpoint: str
    region: str
    where: str


def read_bucket_address(url: str) -> BucketAddress:
    """The parts of the address. Raises `AddressRefused`."""
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    arriving, endpoint = asked.pop("arriving", ""), asked.pop("endpoint", "")
    region = asked.pop("region", "")
    if not parts.netloc or "@" in parts.netloc or asked or not arriving.startswith("/"):
        raise AddressRefused(
            mark("not an address the hub can use"),
            about=f"s3://{parts.hostname or ''}",
            hint=mark("Write it like {example}: uploads arrive in a folder of this machine."),
            example=EXAMPLE,
        )
    return BucketAddress(
        bucket=parts.netloc,
        prefix=unquote(parts.path).strip("/"),
        arriving=Path(arriving),
        endpoint=endpoint,
        region=region,
        where=f"s3://{parts.netloc}{parts.path}".rstrip("/"),
    )
