"""Where the program is, and how it starts other programs, in a checkout and in a frozen program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from system.installed import at_a_terminal
from system.program import PIPE, end_child, part, program, run_child, start_child
from tests.house.source import ROOT

ASK = """
import sys
{frozen}
from system.installed import FOLDER, INSTALL_AGAIN
from system.program import part, program
from system.resources import RESOURCES
print(FOLDER, RESOURCES, program("hub", "serve"), part("decoder", "x/decoder.py"), sep="\\n")
print(INSTALL_AGAIN)
"""
FROZEN = """
sys.frozen, sys._MEIPASS = True, "/opt/tidewaiter/_internal"
sys.executable = "/opt/tidewaiter/tidewaiter-desk.exe"
"""


def answers(frozen: str, **settings: str) -> list[str]:
    """What a program says about itself."""
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(frozen=frozen)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_a_checkout_runs_its_own_main_and_scripts_under_this_python() -> None:
    assert program("list") == [sys.executable, str(ROOT / "main.py"), "list"]
    assert part("decoder", Path("d.py")) == [sys.executable, "-I", "d.py"]


@pytest.mark.skipif(os.name == "nt", reason="paths are written as elsewhere")
def test_a_frozen_program_runs_the_programs_beside_the_one_that_asks() -> None:
    """Not itself: it may be the desk's program, which has no console to write on."""
    folder, resources, hub, decoder, hint = answers(FROZEN)
    assert folder == "/opt/tidewaiter/_internal"
    assert resources == "/opt/tidewaiter/_internal/resources"
    assert hub == "['/opt/tidewaiter/tidewaiter.exe', 'hub', 'serve']"
    assert decoder == "['/opt/tidewaiter/tidewaiter-decoder.exe']"
    assert ".venv" not in hint


def test_the_variable_names_the_resources_in_a_frozen_program_too(tmp_path: Path) -> None:
    for frozen in ("", FROZEN):
        assert answers(frozen, TIDEWAITER_RESOURCES=str(tmp_path))[1] == str(tmp_path)


def test_a_bare_child_is_given_nothing_of_this_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMROOT", "where Windows is")
    monkeypatch.setenv("A_PASSWORD", "of somebody")
    show = [sys.executable, "-I", "-c", "import os; print(*sorted(os.environ.items()))"]
    with start_child(show, stdout=PIPE, bare=True) as child:
        seen = child.communicate()[0].decode()
    assert "('SYSTEMROOT', 'where Windows is')" in seen
    assert "A_PASSWORD" not in seen
    with start_child(show, stdout=PIPE, settings={"MORE": "of ours"}) as child:
        seen = child.communicate()[0].decode()
    assert "('A_PASSWORD', 'of somebody')" in seen
    assert "('MORE', 'of ours')" in seen


def test_a_frozen_program_keeps_its_libraries_from_the_programs_of_others() -> None:
    """A browser that loads another libssl than its own does not start, or worse."""
    ask = "from system.program import environment; print(environment().get('LD_LIBRARY_PATH'))"
    code = f"import sys\n{FROZEN}\n{ask}"
    for before, found in (({"LD_LIBRARY_PATH_ORIG": "/usr/own"}, "/usr/own"), ({}, "None")):
        settings = {"LD_LIBRARY_PATH": "/opt/tidewaiter/_internal", "PYTHONPATH": str(ROOT)}
        with start_child(
            [sys.executable, "-c", code], stdout=PIPE, settings=settings | before
        ) as it:
            assert it.communicate()[0].decode().strip() == found


def test_a_child_that_fails_leaves_its_status_and_its_words() -> None:
    code = "import sys; print('out'); sys.exit('it went wrong')"
    status, errors = run_child([sys.executable, "-c", code], seconds=30)
    assert (status, errors.strip()) == (1, "it went wrong")


def test_a_child_that_does_not_end_is_ended() -> None:
    endless = [sys.executable, "-c", "import signal; signal.pause()"]
    with pytest.raises(TimeoutError, match=r"did not end in 0.2 s"):
        run_child(endless, seconds=0.2)


@pytest.mark.skipif(os.name == "nt", reason="a program on Windows cannot refuse to end")
def test_a_child_that_refuses_to_end_is_killed() -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); "
    child = start_child([sys.executable, "-c", deaf + "signal.pause()"], stdout=PIPE)
    with child:
        assert child.stdout is not None
        child.stdout.readline()
        end_child(child, seconds=0.1)
    assert child.returncode == -9


def test_a_program_without_a_console_has_nobody_to_ask() -> None:
    assert not at_a_terminal(None)
