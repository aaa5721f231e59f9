"""Serves a hub: its options, its sockets, and the lines that it prints at the start."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from domain.letters import as_typed
from domain.words import mark
from hub.api.metrics import metrics_app
from hub.build import api, open_hub, pages
from hub.codes import CODE_HOURS, accept_code, fresh_code
from hub.config import Config
from hub.errors import CannotServe
from hub.hub import Hub
from hub.log import log, write_lines
from hub.metrics import Figures
from hub.metrics_state import HubState
from hub.packs import open_library
from hub.people.accounts import has_accounts
from hub.serving.arrivals import Arrivals
from hub.serving.certificates import Certified, certificate
from hub.serving.connections import Listening, OpenConnections, raise_limits
from hub.serving.crowd import Crowd
from hub.serving.readiness import Readiness
from hub.serving.requests import around
from hub.serving.server import Ending, Site, is_loopback, listen, server, url_of
from hub.space import Space
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


class Sockets(NamedTuple):
    """The listening sockets; that of the figures only where it is asked for."""

    api: Listening
    pages: Listening
    metrics: Listening | None


def serve(config: Config, *, code: Path | None = None) -> None:
    """Serve until a signal ends it; prints the addresses once the hub accepts requests.

    `code` is a file with the one-time code for the first workstation; an empty one receives a new
    code.
    """
    certified = certificate(config.certificate, config.private_key)
    bound = listen(config.listen)
    looked_at = _listen_for_pages(config)
    watched = listen(config.metrics) if config.metrics else None
    hub = open_hub(config.database, config.objects)
    write_lines(hub.now)
    try:
        with _held(hub):
            if code is not None:
                _exchange_code(hub, code)
            sweep(hub)
            _run(hub, config, Sockets(bound, looked_at, watched), certified)
    finally:
        hub.close()


def _run(hub: Hub, config: Config, sockets: Sockets, certified: Certified | None) -> None:
    """Serve the API, the pages and the figures on their sockets."""
    library = open_library(hub.database)
    for refused in library.refused:
        log("pack refused", file=refused.about, position=refused.faults[0].where)
    arrivals = Arrivals(hub.database)
    readiness = Readiness(hub, Space(hub.database, hub.objects, config.quotas))
    connections = OpenConnections(raise_limits(config))
    asked = api(hub, library, arrivals, readiness)
    shown = pages(
        hub,
        library,
        arrivals,
        sign_in=not config.pages_without_sign_in,
        for_others=not is_loopback(sockets.pages),
        names=config.pages_names,
    )
    ended = None
    sites: list[Site] = []
    if sockets.metrics is not None:
        figures = Figures()
        figures.watch_log()
        ended = figures.answered
        figures.registry.register(
            HubState(
                hub,
                readiness,
                config.certificate,
                {"connections": lambda: len(connections), "open_pages": lambda: arrivals.watchers},
            )
        )
        sites.append(Site(metrics_app(figures, readiness), sockets.metrics))
    # loopback cannot be overheard, and the certificate is for another host name
    tls = None if is_loopback(sockets.pages) else certified
    sites = [
        Site(around(asked, config, ended, Crowd()), sockets.api, certified),
        Site(around(shown, config, ended), sockets.pages, tls),
        *sites,
    ]

    def listening() -> None:
        _say_where(*sites)
        if not config.pages_without_sign_in and not has_accounts(hub):
            print(NO_ACCOUNTS, file=sys.stderr, flush=True)

    def begin_to_end() -> None:
        readiness.stopping = True

    limits = config.limits
    ending = Ending(begin_to_end, limits.drain_seconds, limits.goodbye_seconds)
    server(sites, arrivals, listening, connections, ending).run()


@contextmanager
def _held(hub: Hub) -> Iterator[None]:
    """Nobody else serves these rows and photos; several hubs on one database share both."""
    with hub.database.hold():
        if hub.database.for_one_hub:
            with hub.objects.hold():
                yield
        else:
            yield


def _listen_for_pages(config: Config) -> Listening:
    """The socket of the pages.

    Raises `CannotServe` when other machines could reach it and the pages have no sign-in.
    """
    try:
        bound = listen(config.pages or (ANY_PAGES if config.listen.endswith(":0") else PAGES))
    except CannotServe:
        if config.pages is not None:
            raise
        bound = listen(ANY_PAGES)
    if config.pages_without_sign_in and not is_loopback(bound):
        bound.close()
        raise CannotServe(
            mark("other machines could open the pages there without a sign-in"),
            about=config.pages or PAGES,
            hint=mark(
                "Name an address of this machine alone, like 127.0.0.1:8081, or leave"
                " --pages-without-sign-in out."
            ),
        )
    return bound


def _say_where(asked: Site, looked_at: Site, watched: Site | None = None) -> None:
    if asked.certified is None and not is_loopback(asked.bound):
        print(IN_THE_CLEAR, file=sys.stderr, flush=True)
    url = url_of(looked_at.bound, looked_at.certified)
    if looked_at.certified is None and not is_loopback(looked_at.bound):
        print(PAGES_IN_THE_CLEAR.format(url=url), file=sys.stderr, flush=True)
    # in one write: a program that reads only the first line may then close the pipe
    lines = [f"hub listens on {url_of(asked.bound, asked.certified)}", f"pages are at {url}"]
    if watched is not None:
        lines.append(f"figures are at {url_of(watched.bound)}/metrics")
    print("\n".join(lines), flush=True)


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
