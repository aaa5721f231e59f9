"""Whether this machine has what a configuration names; it opens nothing for writing."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from domain.errors import TidewaiterError
from domain.words import filled, mark
from hub.config import Config
from hub.serving.certificates import DAYS_AHEAD, certificate, days_left
from hub.store.addresses import database_exists, is_remote
from hub.store.backup_folder import BackupFolder


class ConfigFinding(NamedTuple):
    """One sentence; `warns` when the hub can be served all the same."""

    text: str
    warns: bool


def examine(config: Config) -> list[ConfigFinding]:
    """All that is lacking, or worth a look."""
    found: list[ConfigFinding] = []
    for part in (_database, _objects, _backup, _tls):
        try:
            found += part(config)
        except TidewaiterError as error:
            found.append(ConfigFinding(str(error), warns=False))
    return found


def _said(about: object, what: str, *, warns: bool, **values: object) -> ConfigFinding:
    return ConfigFinding(f"{about}: {filled(what, values)}", warns)


def _database(config: Config) -> Iterator[ConfigFinding]:
    if not config.database:
        yield _said("database", mark("it is not named"), warns=False)
    elif not database_exists(config.database):
        yield _said("database", mark("it is made by the first hub serve"), warns=True)
    if config.database and not is_remote(config.database):
        folder = _path(config.database).parent
        yield from _folder(folder)
        if _free(folder) < config.quotas.records_floor:
            what = mark("less is free on this disk than quotas.records_floor: records would wait")
            yield _said(folder, what, warns=True)


def _objects(config: Config) -> Iterator[ConfigFinding]:
    if not config.objects:
        yield _said("objects", mark("it is not named"), warns=False)
    elif not is_remote(config.objects):
        folder = _path(config.objects)
        yield from _folder(folder)
        if _free(folder) < config.quotas.photos_floor:
            what = mark("less is free on this disk than quotas.photos_floor: photos would wait")
            yield _said(folder, what, warns=True)


def _free(folder: Path) -> int:
    """Free bytes on the disk on which the folder is, or will be."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


def _folder(folder: Path) -> Iterator[ConfigFinding]:
    """A folder of this machine that the hub writes to."""
    if not folder.exists():
        yield _said(folder, mark("it is made by the first hub serve"), warns=True)
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield _said(folder, mark("this account cannot write here"), warns=False)


def _backup(config: Config) -> Iterator[ConfigFinding]:
    if config.backup is None:
        yield _said("backup", mark("it is not named: nothing counts as safe"), warns=True)
    elif BackupFolder(config.backup).owner() is None:
        what = mark("it is not prepared, or its disk is not mounted: hub backup --new")
        yield _said(config.backup, what, warns=True)


def _tls(config: Config) -> Iterator[ConfigFinding]:
    certified = certificate(config.certificate, config.private_key)
    if certified is None:
        return
    mode = certified.private_key.stat().st_mode
    if os.name != "nt" and mode & (stat.S_IRGRP | stat.S_IROTH):
        yield _said(
            certified.private_key, mark("other accounts can read it: chmod 0600"), warns=True
        )
    days = days_left(certified.certificate)
    if days is not None and days < DAYS_AHEAD:
        what = (
            mark("the certificate expired")
            if days < 0
            else mark("it expires in {days} day", "it expires in {days} days", "days")
        )
        yield _said(certified.certificate, what, warns=True, days=int(days))


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))
