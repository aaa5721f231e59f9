"""Put a backup copy of a workstation's folder where the workstation belongs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from acts.errors import FileUnreadable, WorkStopped
from acts.station.init import refuse_unfit
from domain.words import mark
from storage.first_look import DATABASE, FILE
from system.files import cannot_write, move_durably, put_in_place
from system.lock import FolderLock
from system.owner import nearest, refuse_root

NOT_COPIED = ("lock", "lock.who", f"{DATABASE}-shm")
"""Files that belong to a program that is running, and not to the workstation."""


def restore_copy(
    copy: Path,
    home: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Copy the workstation's folder `copy` to `home`, completely or not at all; `copy` stays as it
    is. `progress` is called with the bytes that are copied, and of how many.

    Raises `FileUnreadable` when `copy` is no workstation's folder or cannot be read, `AlreadyOpen`
    when a program works on it, `WorkStopped` when `cancelled` becomes true, and as
    `make_workstation` for a `home` that cannot be used.
    """
    refuse_unfit(home)
    refuse_root(nearest(home))
    if not ((copy / FILE).is_file() and (copy / DATABASE).is_file()):
        raise FileUnreadable(
            mark("this is not the folder of a workstation"),
            about=str(copy),
            hint=mark("It is the folder that contains keys.json and workstation.db."),
        )
    making = home.with_name(f".{home.name}.making")
    lock = FolderLock(copy, reading=True)
    try:
        shutil.rmtree(making, ignore_errors=True)
        _copy_all(_files(copy), copy, making, progress, cancelled)
        put_in_place(making, home)
    except OSError as error:
        raise cannot_write(error, home) from error
    finally:
        lock.release()
        shutil.rmtree(making, ignore_errors=True)


def _files(copy: Path) -> list[Path]:
    found = [path for path in sorted(copy.rglob("*")) if path.is_file()]
    return [path for path in found if path.relative_to(copy).as_posix() not in NOT_COPIED]


def _copy_all(
    files: list[Path],
    copy: Path,
    making: Path,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    sizes = {path: path.stat().st_size for path in files}
    done, total = 0, sum(sizes.values())
    making.mkdir(parents=True, mode=0o700)
    for path in files:
        if cancelled():
            raise WorkStopped(mark("stopped; nothing was restored"))
        target = making / path.relative_to(copy)
        target.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        try:
            shutil.copyfile(path, part)
        except OSError as error:
            raise FileUnreadable(
                mark("cannot be read or copied: {cause}"),
                about=str(path),
                hint=mark("Nothing was restored. Take another copy."),
                cause=error.strerror or type(error).__name__,
            ) from error
        part.chmod(0o600)
        move_durably(part, target)
        done += sizes[path]
        progress(done, total)
