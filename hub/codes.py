"""Makes one-time codes and enrolment files: headquarters gives out stations with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.instant import Instant
from domain.numbers.case_number import seizure_number
from domain.words import mark
from hub.errors import ApiCode, CodeRefused, NotHere, RequestRefused
from hub.hub import Registry
from hub.packs import Library
from hub.store.sql import codes, devices
from hub.store.sql.codes import OneTimeCode, secret_hash
from sync.wire.address import is_fit
from sync.wire.code import LETTERS, fingerprint, random_secret, read_code, write_code
from sync.wire.enrolment_file import EnrolmentFile, GivenStation, write_file
from system.authorities import authorities
from system.database import Connection

CODE_HOURS = 72


def fresh_code(
    hub: Registry, station: GivenStation | None = None, packs: Sequence[str] = ()
) -> str:
    """A new one-time code like `ABCD-EFGH-JKLM-NPQR-STUV-WXYZ`.

    It is valid for `CODE_HOURS` by the hub's clock and gives `station`; without one it enrols a
    workstation that has a station. Raises `CodeRefused` (409) when a workstation or another code
    has the station, `Malformed` when the station cannot be part of a seizure number.
    """
    secret = random_secret(hub.random(LETTERS))
    _add(hub, secret, station, packs)
    return write_code(secret, hub.identity.key.verify_key)


def accept_code(hub: Registry, text: str) -> None:
    """Make the administrator's own code valid for one enrolment; a used one stays used."""
    code = read_code(text)
    if code.fingerprint not in ("", fingerprint(hub.identity.key.verify_key)):
        raise CodeRefused(
            mark("a code of 24 letters ends with twelve that name the key of this hub"),
            hint=mark("Use 12 letters and digits, or leave the file empty."),
        )
    _add(hub, code.secret, None, ())


def _add(hub: Registry, secret: str, station: GivenStation | None, packs: Sequence[str]) -> None:
    now = hub.now()
    with hub.database.writing(("codes",)) as rows:
        if station is not None:
            year = now.local_date.year
            seizure_number(station.country, station.post, station.number, year, 1)
            _refuse_given(rows, station, now)
        code = OneTimeCode(
            hash=secret_hash(secret),
            made_at=now.millis,
            expires_at=now.millis + CODE_HOURS * codes.HOUR,
            station=station,
            packs=tuple(packs),
        )
        codes.add(rows, code)


def start_of_year(now: Instant) -> int:
    """The first moment of the year in UTC, in milliseconds.

    A workstation that was ended since then has given numbers of this year, so its station is not
    given to another one before the next.
    """
    return Instant.of(datetime(now.local_date.year, 1, 1, tzinfo=UTC)).millis


def _refuse_given(rows: Connection, station: GivenStation, now: Instant) -> None:
    """Raises `CodeRefused` when a workstation has the station, or a code that waits gives it."""
    since = start_of_year(now)
    holder = devices.at_station(rows, station.post, station.number, besides=None, since=since)
    if holder is not None:
        raise CodeRefused(
            mark("workstation {other} has this station already: {station}"),
            status=409,
            code=ApiCode.STATION_TAKEN,
            hint=mark("Give the new one another number; two of one number give the same numbers."),
            other=holder.id,
            station=station,
        )
    for code in codes.codes(rows):
        given = code.station
        same = given is not None and (given.post, given.number) == (station.post, station.number)
        if same and code.waits(now.millis):
            raise CodeRefused(
                mark("code {other} gives this station already: {station}"),
                status=409,
                hint=mark("Hand that one out, or end it: `main.py hub code --end {other}`."),
                code=ApiCode.STATION_TAKEN,
                other=code.id,
                station=station,
            )


def put_address(hub: Registry, url: str, authority: str) -> None:
    """Store the address of the hub and its authorities (PEM); an empty one keeps what is stored.

    Raises `RequestRefused` for an address that no workstation would accept, for a text without a
    certificate, and when no address was ever given.
    """
    if url and not is_fit(url):
        raise RequestRefused(
            mark("workstations accept an address with https only"),
            about=url[:200],
            hint=mark("Write it like https://hub.example.org."),
        )
    if authority and not authorities(authority):
        raise RequestRefused(mark("the authority file contains no certificate (PEM)"))
    with hub.database.writing(("address",)) as rows:
        before = codes.address(rows)
        if not (url or before[0]):
            raise RequestRefused(
                mark("the hub does not know its own address yet"),
                hint=mark("Name it once with --url https://hub.example.org."),
            )
        codes.put_address(rows, url.rstrip("/") or before[0], authority or before[1])


def enrolment_of(hub: Registry, code: str) -> tuple[bytes, Instant]:
    """The signed enrolment file for a typed code that is valid, and when the code ends.

    Raises `NotHere` when it is not valid.
    """
    with hub.database.reading() as rows:
        secret = read_code(code).secret
        found = codes.valid(rows, secret, hub.now().millis)
        if found is None:
            raise NotHere(mark("no such code"))
        return enrolment_file(hub, rows, found, secret), Instant(found.expires_at)


def enrolment_file(hub: Registry, rows: Connection, code: OneTimeCode, secret: str) -> bytes:
    """The signed enrolment file of `code`, whose secret only its holder knows."""
    url, authority = codes.address(rows)
    key = hub.identity.key
    file = EnrolmentFile(
        hub=hub.identity.hub,
        public_key=key.verify_key,
        url=url,
        authority=authority,
        station=code.station,
        packs=code.packs,
        code=secret,
        until=Instant(code.expires_at),
    )
    return write_file(file, key)


def refuse_unknown(library: Library, station: GivenStation | None, packs: Sequence[str]) -> None:
    """Raises `RequestRefused` for a pack that the hub does not have, and for a post in none of
    these packs, where every record would be refused.
    """
    given_out = library.given_out
    known = {pack.id for pack in given_out}
    for pack in packs:
        if pack not in known:
            raise RequestRefused(
                mark("the hub has no such pack"),
                about=pack[:100],
                hint=mark("Its packs are: {packs}."),
                packs=", ".join(sorted(known)) or "none",
            )
    used = [pack for pack in given_out if not packs or pack.id in packs]
    posts = {(post.country, post.code) for pack in used for post in pack.posts}
    if station is not None and (station.country, station.post) not in posts:
        raise RequestRefused(
            mark("no pack has a post {post} in {country}"),
            hint=mark("The posts of the packs are: {posts}."),
            post=station.post,
            country=station.country,
            posts=", ".join(f"{code} ({country})" for country, code in sorted(posts)) or "none",
        )


def end_code(hub: Registry, named: str) -> OneTimeCode:
    """End an unused code, named by its id in the list or typed whole; the code as it was before.

    Raises `NotHere`, or `CodeRefused` (409) when it was used.
    """
    with hub.database.writing(("codes",)) as rows:
        hashed = secret_hash(read_code(named).secret)
        found = [
            code for code in codes.codes(rows) if code.hash == hashed or code.id == named.lower()
        ]
        if not found:
            raise NotHere(
                mark("no such code"), hint=mark("`main.py hub code --list` names all of them.")
            )
        if found[0].used_by is not None:
            raise CodeRefused(
                mark("workstation {device} enrolled with this code"),
                status=409,
                about=found[0].id,
                device=found[0].used_by,
            )
        codes.end(rows, found[0], hub.now().millis)
    return found[0]
