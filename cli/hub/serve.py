"""`hub serve`: run a hub until a signal ends it."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from cli.options.hub_stores import add_database, add_objects
from hub.config import LISTEN, Config
from hub.serving.run import PAGES, serve

TAKEN = ("listen", "pages", "metrics", "certificate", "private_key")
"""Options that replace the value of the same name in the configuration."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--listen", metavar="HOST:PORT", help=f"for workstations (default: {LISTEN})"
    )
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
    parser.add_argument(
        "--metrics", metavar="HOST:PORT", help="where figures for Prometheus are (default: nowhere)"
    )
    add_objects(parser)
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when a signal ended it."""
    serve(_config(arguments), code=arguments.code)
    return 0


def _config(arguments: argparse.Namespace) -> Config:
    """The configuration with the options over it; one half of a certificate replaces both."""
    config: Config = arguments.configuration
    if arguments.certificate or arguments.private_key:
        config = msgspec.structs.replace(config, certificate=None, private_key=None)
    given = {name: getattr(arguments, name) for name in TAKEN}
    return msgspec.structs.replace(
        config,
        **{name: value for name, value in given.items() if value is not None},
        database=arguments.database,
        objects=arguments.objects,
        pages_without_sign_in=arguments.pages_without_sign_in or config.pages_without_sign_in,
        pages_names=(*config.pages_names, *arguments.pages_name),
    )
