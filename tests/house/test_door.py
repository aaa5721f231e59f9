"""main.py turns every outcome into a sentence and an exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import main
from domain.amount import NOT_A_NUMBER
from domain.errors import EntryRefused, Malformed
from system.fault_log import SIZE_LIMIT, write_fault
from tests.house.source import ROOT


def test_what_a_person_can_mend_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.report(Malformed(NOT_A_NUMBER, about="abc"), ["show"]) == 2
    assert capsys.readouterr().err == "tidewaiter: abc: not a number. Write it like 12.5.\n"


def test_a_broken_place_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.report(EntryRefused("altered"), ["verify"]) == 3
    assert main.main(["list", "--home", str(ROOT / "no such folder")]) == 3
    assert "there is no workstation here" in capsys.readouterr().err


def test_a_missing_system_library_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    assert main.report(error, ["desk"]) == 3
    assert "libEGL.so.1" in capsys.readouterr().err


def test_a_fault_of_the_program_is_logged_without_what_it_was_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        int("M. Okonjo, Harbour Lane 8")
    except ValueError as error:
        status = main.report(error, ["show", "--home", str(tmp_path)])

    logged = (tmp_path / "log" / "faults.log").read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert status == 4
    assert told.count("\n") == 1
    assert "ValueError" in logged
    assert "test_door.py" in logged
    assert "Okonjo" not in logged + told


@pytest.mark.parametrize("form", ["--home {}", "--home={}", "--hom={}"])
def test_the_fault_log_is_in_the_folder_however_it_was_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    main.report(ValueError("no"), ["show", *form.format(tmp_path).split()])

    assert (tmp_path / "log" / "faults.log").exists()
    assert str(tmp_path) in capsys.readouterr().err


def test_a_long_fault_log_is_put_aside_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for letter in "ab":
        (log).mkdir(exist_ok=True)
        (log / "faults.log").write_text(letter * (SIZE_LIMIT + 1), encoding="utf-8")
        write_fault(ValueError("no"), "show", tmp_path)

    assert sorted(file.name for file in log.iterdir()) == ["faults.before.log", "faults.log"]
    assert (log / "faults.before.log").read_text("utf-8").startswith("b")
    assert (log / "faults.log").stat().st_size < 1000


def test_a_lost_module_is_the_place_and_its_name_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ModuleNotFoundError("No module named 'httpx2'", name="httpx2")

    assert main.report(error, ["sync", "--home", str(tmp_path)]) == 3
    assert "has lost httpx2; delete the folder .venv" in capsys.readouterr().err


def test_a_program_without_a_console_ends_as_any_other() -> None:
    code = "import main, sys; sys.stdin = sys.stdout = sys.stderr = None; "
    code += "sys.exit(main.main(sys.argv[1:]))"
    cases = ((["--version"], 0), (["list", "--home", "no such folder"], 3), (["init"], 2),
             (["no-such-word"], 2))  # fmt: skip
    for words, status in cases:
        done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=False)
        assert done.returncode == status


def test_a_reader_that_leaves_is_no_error() -> None:
    code = "import main, sys; sys.exit(main.main(['--version'] if 0 else ['--help']))"
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()

    said = child.stderr.read()
    child.wait()

    assert b"Traceback" not in said


def test_version_names_the_native_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--version"])

    assert ended.value.code == 0
    told = capsys.readouterr().out
    named = {line.split("  ")[0].strip() for line in told.splitlines()}
    assert re.search(r"^SQLCipher's cipher +openssl: OpenSSL \d+\.\d+", told, re.M)
    assert named >= {"Tidewaiter", "Python", "Qt", "SQLite", "SQLCipher", "OpenSSL", "Zstandard",
                     "PDFium", "zxing-cpp", "libjpeg-turbo", "zlib"}  # fmt: skip


def test_the_version_is_shown_whatever_follows_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--version", "list"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Tidewaiter")


@pytest.mark.parametrize("arguments", [["list", "--hom", "x"], ["--hom", "x"]])
def test_an_option_is_written_out(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`--hom` taken for `--home` would be another option as soon as one begins alike."""
    with pytest.raises(SystemExit) as ended:
        main.main(arguments)
    assert ended.value.code == 2
    assert "unrecognized arguments: --hom" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they always have a screen")
def test_a_desk_without_a_screen_says_so_in_one_sentence(tmp_path: Path) -> None:
    """Qt itself would abort the program."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: text for name, text in os.environ.items() if name not in screens}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "desk", "--home", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("tidewaiter: there is no screen")
    assert done.stderr.count("\n") == 1
