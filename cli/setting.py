"""`setting`: show the settings that headquarters may give too, and set them here by hand."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from acts.errors import InputRefused
from cli.options.folder import add_home
from cli.options.given_setting import add_setting_deeds
from cli.options.home import open_here
from domain.given_settings import GIVEN, GivenSetting, Value, in_words
from domain.words import mark, one_line
from storage import settings
from storage.in_force import changes_of, in_force, not_read
from storage.workstation import Workstation


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = add_setting_deeds(
        parser,
        listed="values, and where they come from",
        put="set a value here",
        clear="back to the default here",
    )
    for each in deeds:
        add_home(each)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is done."""
    deeds: dict[str, Callable[[Workstation, argparse.Namespace], None]] = {
        "list": _list,
        "set": _set,
        "clear": _clear,
    }
    with open_here(arguments, reading=arguments.deed == "list") as ws:
        deeds[arguments.deed](ws, arguments)
    return 0


def _list(ws: Workstation, arguments: argparse.Namespace) -> None:  # noqa: ARG001
    for setting in GIVEN.values():
        print(_line(ws, setting))
    for item in not_read(ws):
        why = "given by headquarters; this program does not know or cannot read it; it is kept"
        print(one_line(item.name), "-", why, sep="\t")


def _set(ws: Workstation, arguments: argparse.Namespace) -> None:
    setting = _setting(arguments.name)
    value = setting.parse(arguments.value)
    if value is None:
        raise InputRefused(
            mark("this value cannot be set; possible: {form}"),
            about=setting.name,
            form=setting.form,
        )
    _store(ws, setting, value)


def _clear(ws: Workstation, arguments: argparse.Namespace) -> None:
    setting = _setting(arguments.name)
    _store(ws, setting, setting.default)


def _store(ws: Workstation, setting: GivenSetting[Value], value: Value) -> None:
    settings.write(ws.db, changes_of(setting, value))
    print(_line(ws, setting))


def _setting(name: str) -> GivenSetting[Value]:
    if name not in GIVEN:
        raise InputRefused(
            mark("there is no such setting"),
            about=one_line(name),
            hint=mark("There are {names}."),
            names=", ".join(GIVEN),
        )
    return GIVEN[name]


def _line(ws: Workstation, setting: GivenSetting[Value]) -> str:
    """Name, value in force, and where it comes from."""
    found = in_force(ws, setting)
    origin = "the default" if found.own == setting.default else "set here"
    if found.given_at is not None:
        here = f"{in_words(found.own)} ({origin})"
        origin = f"set by headquarters {found.given_at}; counts here when it is taken back: {here}"
    return "\t".join((setting.name, in_words(found.value), origin))
