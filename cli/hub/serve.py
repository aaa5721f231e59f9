"""`hub serve`: run a hub until a signal ends it."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.hub_stores import add_database, add_objects
from hub.serving.run import PAGES, Serving, serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT")
    parser.add_argument(
        "--pages",
        metavar="HOST:PORT",
        help=f"where people look at what arrived: {PAGES}, or a free port if that one is taken",
    )
    parser.add_argument(
        "--pages-without-sign-in",
        action="store_true",
        help="for a demonstration: everybody at this machine sees everything",
    )
    parser.add_argument(
        "--pages-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name under which browsers open the pages; may be given several times",
    )
    parser.add_argument(
        "--certificate",
        metavar="FILE",
        type=Path,
        help="the hub's certificate and those above it, PEM; with --private-key: HTTPS",
    )
    parser.add_argument(
        "--private-key", metavar="FILE", type=Path, help="the certificate's key, PEM, open"
    )
    parser.add_argument(
        "--code",
        metavar="FILE",
        type=Path,
        help="a one-time code for the first workstation: taken from FILE, or written to it",
    )
    add_objects(parser)
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when a signal ended it."""
    serve(
        Serving(
            database=arguments.database,
            objects=arguments.objects,
            listen=arguments.listen,
            pages=arguments.pages,
            pages_without_sign_in=arguments.pages_without_sign_in,
            pages_names=tuple(arguments.pages_name),
            certificate=arguments.certificate,
            private_key=arguments.private_key,
            code=arguments.code,
        )
    )
    return 0
