"""`main.py hub serve`: its options, its sockets, and what it says at its start."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from domain.words import mark
from hub.build import api, open_hub, pages
from hub.enrol import CODE_HOURS, accept_code, as_typed, fresh_code
from hub.errors import CannotServe
from hub.hub import Hub
from hub.log import tell, write_lines
from hub.packs import open_library
from hub.serving.arrivals import Arrivals
from hub.serving.connections import Listening
from hub.serving.server import Site, certificate, is_loopback, listen, server, url_of
from hub.uploads import drop_abandoned

Arguments = argparse.Namespace
PAGES = "127.0.0.1:8081"
ANY_PAGES = "127.0.0.1:0"
IN_THE_CLEAR = (
    "tidewaiter: warning: tokens and records travel in the clear to this hub; "
    "use --certificate and --private-key, or a proxy with TLS before it"
)
NO_SIGN_IN = (
    "tidewaiter: warning: the pages have no sign-in: whoever reaches {url} sees every record and"
    " photo"
)


def add_serve(serving: argparse.ArgumentParser) -> None:
    """Add the options of `hub serve`."""
    serving.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT")
    serving.add_argument(
        "--pages",
        metavar="HOST:PORT",
        help=f"where people look at what arrived: {PAGES}, or a free port if that one is taken",
    )
    serving.add_argument(
        "--pages-for-all",
        action="store_true",
        help="let --pages be an address that other machines reach; there is no sign-in yet",
    )
    serving.add_argument(
        "--pages-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name under which browsers open the pages; may be given several times",
    )
    serving.add_argument(
        "--certificate",
        metavar="FILE",
        type=Path,
        help="the hub's certificate and those above it, PEM; with --private-key: HTTPS",
    )
    serving.add_argument(
        "--private-key", metavar="FILE", type=Path, help="the certificate's key, PEM, open"
    )
    serving.add_argument(
        "--code",
        metavar="FILE",
        type=Path,
        help="a one-time code for the first workstation: taken from FILE, or written to it",
    )
    serving.set_defaults(run=run_serve)


def run_serve(args: Arguments) -> int:
    """Serve until a signal ends it; prints where, once the hub takes requests."""
    certified = certificate(args.certificate, args.private_key)
    bound = listen(args.listen)
    looked_at = _listen_for_pages(args)
    hub = open_hub(args.database, args.objects)
    write_lines(hub.now)
    try:
        with hub.database.hold(), hub.objects.hold():
            library = open_library(hub.database)
            for refused in library.refused:
                tell("pack refused", file=refused.about, place=refused.place)
            if args.code is not None:
                _exchange_code(hub, args.code)
            sweep(hub)
            arrivals = Arrivals()
            shown = pages(hub, library, arrivals, for_all=args.pages_for_all, names=args.pages_name)
            # on loopback nobody listens in, and the certificate names another host
            tls = None if is_loopback(looked_at) else certified
            sites = (
                Site(api(hub, library, arrivals), bound, certified),
                Site(shown, looked_at, tls),
            )

            def listening() -> None:
                _say_where(*sites, for_all=args.pages_for_all)

            server(sites, arrivals, listening).run()
    finally:
        hub.close()
    return 0


def _listen_for_pages(args: Arguments) -> Listening:
    """The socket of the pages. Raises `CannotServe` where other machines reach it unasked."""
    try:
        bound = listen(args.pages or (ANY_PAGES if args.listen.endswith(":0") else PAGES))
    except CannotServe:
        if args.pages is not None:
            raise
        bound = listen(ANY_PAGES)
    if not is_loopback(bound) and not args.pages_for_all:
        bound.close()
        raise CannotServe(
            mark("other machines would reach the pages there, and they have no sign-in"),
            about=args.pages,
            hint=mark(
                "Name an address of this machine alone, like 127.0.0.1:8081, or add --pages-for-all"
                " when everyone who reaches it may see everything."
            ),
        )
    return bound


def _say_where(asked: Site, looked_at: Site, *, for_all: bool) -> None:
    if asked.certified is None and not is_loopback(asked.bound):
        print(IN_THE_CLEAR, file=sys.stderr, flush=True)
    url = url_of(looked_at.bound, looked_at.certified)
    if for_all:
        print(NO_SIGN_IN.format(url=url), file=sys.stderr, flush=True)
    # in one piece: whoever reads the first line only may close the pipe then
    print(f"hub listens on {url_of(asked.bound, asked.certified)}\npages are at {url}", flush=True)


def sweep(hub: Hub) -> None:
    """Drop uploads that nobody touched for long, and say how many."""
    if dropped := drop_abandoned(hub):
        tell("abandoned uploads dropped", uploads=dropped)


def _exchange_code(hub: Hub, file: Path) -> None:
    """Take the code that the file holds, or write a fresh one to it, for its owner's eyes only."""
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
    tell("code written", hours=CODE_HOURS)
