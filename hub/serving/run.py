"""Serves a hub: its options, its sockets, and the lines that it prints at the start."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.letters import as_typed
from domain.words import mark
from hub.build import api, open_hub, pages
from hub.codes import CODE_HOURS, accept_code, fresh_code
from hub.errors import CannotServe
from hub.hub import Hub
from hub.log import log, write_lines
from hub.packs import open_library
from hub.people.accounts import has_accounts
from hub.serving.arrivals import Arrivals
from hub.serving.connections import Listening
from hub.serving.server import Site, certificate, is_loopback, listen, server, url_of
from hub.uploads import drop_abandoned

PAGES = "127.0.0.1:8081"
ANY_PAGES = "127.0.0.1:0"
IN_THE_CLEAR = (
    "tidewaiter: warning: tokens and records travel in the clear to this hub; "
    "use --certificate and --private-key, or a proxy with TLS before it"
)
PAGES_IN_THE_CLEAR = (
    "tidewaiter: warning: nobody can sign in at {url} from another machine without TLS; use"
    " --certificate and --private-key, or a proxy with TLS before it"
)
NO_ACCOUNTS = (
    "tidewaiter: nobody has an account yet: main.py hub user add NAME --role administrator"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a hub is served."""

    database: str
    """URL of the database."""
    objects: str
    """URL of the folder for photos."""
    listen: str
    """`HOST:PORT` for workstations; port 0 takes any free port."""
    pages: str | None = None
    """`HOST:PORT` of the pages; None means `PAGES`, or a free port when that one is taken."""
    pages_without_sign_in: bool = False
    """Whether everybody at this machine sees everything, for a demonstration."""
    pages_names: tuple[str, ...] = ()
    """Further host names that are accepted for the pages."""
    certificate: Path | None = None
    """The certificate with its chain (PEM); this and `private_key` are None for plain HTTP."""
    private_key: Path | None = None
    code: Path | None = None
    """A file with the one-time code for the first workstation; an empty one receives a new code."""


def serve(options: Serving) -> None:
    """Serve until a signal ends it; prints the addresses once the hub accepts requests."""
    certified = certificate(options.certificate, options.private_key)
    bound = listen(options.listen)
    looked_at = _listen_for_pages(options)
    hub = open_hub(options.database, options.objects)
    write_lines(hub.now)
    try:
        with _held(hub):
            library = open_library(hub.database)
            for refused in library.refused:
                log("pack refused", file=refused.about, position=refused.faults[0].where)
            if options.code is not None:
                _exchange_code(hub, options.code)
            sweep(hub)
            arrivals = Arrivals(hub.database)
            shown = pages(
                hub,
                library,
                arrivals,
                sign_in=not options.pages_without_sign_in,
                for_others=not is_loopback(looked_at),
                names=options.pages_names,
            )
            # loopback cannot be overheard, and the certificate is for another host name
            tls = None if is_loopback(looked_at) else certified
            sites = (
                Site(api(hub, library, arrivals), bound, certified),
                Site(shown, looked_at, tls),
            )

            def listening() -> None:
                _say_where(*sites)
                if not options.pages_without_sign_in and not has_accounts(hub):
                    print(NO_ACCOUNTS, file=sys.stderr, flush=True)

            server(sites, arrivals, listening).run()
    finally:
        hub.close()


@contextmanager
def _held(hub: Hub) -> Iterator[None]:
    """Nobody else serves these rows and photos; several hubs on one database share both."""
    with hub.database.hold():
        if hub.database.for_one_hub:
            with hub.objects.hold():
                yield
        else:
            yield


def _listen_for_pages(options: Serving) -> Listening:
    """The socket of the pages.

    Raises `CannotServe` when other machines could reach it and the pages have no sign-in.
    """
    try:
        bound = listen(options.pages or (ANY_PAGES if options.listen.endswith(":0") else PAGES))
    except CannotServe:
        if options.pages is not None:
            raise
        bound = listen(ANY_PAGES)
    if options.pages_without_sign_in and not is_loopback(bound):
        bound.close()
        raise CannotServe(
            mark("other machines could open the pages there without a sign-in"),
            about=options.pages or PAGES,
            hint=mark(
                "Name an address of this machine alone, like 127.0.0.1:8081, or leave"
                " --pages-without-sign-in out."
            ),
        )
    return bound


def _say_where(asked: Site, looked_at: Site) -> None:
    if asked.certified is None and not is_loopback(asked.bound):
        print(IN_THE_CLEAR, file=sys.stderr, flush=True)
    url = url_of(looked_at.bound, looked_at.certified)
    if looked_at.certified is None and not is_loopback(looked_at.bound):
        print(PAGES_IN_THE_CLEAR.format(url=url), file=sys.stderr, flush=True)
    # in one write: a program that reads only the first line may then close the pipe
    print(f"hub listens on {url_of(asked.bound, asked.certified)}\npages are at {url}", flush=True)


def sweep(hub: Hub) -> None:
    """Delete uploads without activity for a long time, and log how many."""
    if dropped := drop_abandoned(hub):
        log("abandoned uploads dropped", uploads=dropped)


def _exchange_code(hub: Hub, file: Path) -> None:
    """Accept the code in the file, or write a new code to it, readable only by the file's owner."""
    try:
        if file.exists() and (text := file.read_text("utf-8").strip()):
            if len(as_typed(text)) < 12:
                raise CannotServe(
                    mark("the code is too short to be safe"),
                    about=str(file),
                    hint=mark("Use 12 letters and digits or more, or an empty file."),
                )
            accept_code(hub, text)
            return
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as writing:
            writing.write(fresh_code(hub) + "\n")
    except OSError as error:
        raise CannotServe(
            mark("the file for the code cannot be used: {cause}"),
            about=str(file),
            cause=error.strerror,
        ) from error
    log("code written", hours=CODE_HOURS)
