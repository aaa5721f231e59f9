"""start.py makes the place ready, looks before it believes, and says in a line what it cannot."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.house.copies import Copy, moved, new_copy

WINDOWS = os.name == "nt"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy that was made ready once."""
    copy = new_copy(tmp_path_factory.mktemp("first"))
    ended = copy.start("run")
    assert ended.status == 0, ended.err
    return copy


@pytest.fixture
def copy(first: Copy, tmp_path: Path) -> Copy:
    """A copy that is ready."""
    return moved(first, tmp_path)


def test_what_is_ready_starts_at_once_and_loads_only_its_own_packages(
    copy: Copy, tmp_path: Path
) -> None:
    (tmp_path / "one.py").write_text("raise SystemExit('the wrong one')")
    account = {"PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1", "PYTHONUSERBASE": str(tmp_path)}
    ended = copy.start("run", "list", "--json", account=account)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"{copy.packages / 'one' / '__init__.py'} [] list --json\n"


def test_a_changed_lock_makes_a_new_environment_without_what_the_lock_dropped(copy: Copy) -> None:
    assert copy.names() == {"one", "two"}
    copy.lock("one")
    ended = copy.start("run")
    assert ended.status == 0, ended.err
    assert copy.names() == {"one"}
    assert sorted(path.name for path in copy.root.glob(".venv*")) == [".venv"]
    script = copy.root / ".venv" / "bin" / "one"
    if not WINDOWS:
        assert subprocess.check_output([script], text=True) == "one speaks\n"
    assert copy.start("run").err == ""


def test_a_lost_package_is_found_and_mended(copy: Copy) -> None:
    shutil.rmtree(copy.packages / "one")
    ended = copy.start("run")
    assert ended.status == 0, ended.err
    assert "the packages have lost one: making a new .venv" in ended.err
    assert copy.names() == {"one", "two"}


def test_a_lost_package_that_cannot_be_had_is_told_with_the_way_out(copy: Copy) -> None:
    shutil.rmtree(copy.packages / "one")
    next(copy.wheels.glob("one-*")).unlink()
    ended = copy.start("run")
    assert (ended.status, ended.out) == (3, "")
    told = ended.err.splitlines()[-1]
    assert "has no one==1.0" in told
    assert "certificate" not in told
    assert (copy.root / ".venv" / "installed-from").exists()


@pytest.mark.parametrize("stamp", [b"", b"\xff\xfe\x00 foreign", b"run 0 3.11 elsewhere\nlib\n"])
def test_a_damaged_stamp_counts_as_none(copy: Copy, stamp: bytes) -> None:
    (copy.root / ".venv" / "installed-from").write_bytes(stamp)
    ended = copy.start("run", by=other_account(copy))  # which may look, and change nothing
    assert ended.status == 3
    assert re.search("the packages (are|were) not", ended.err)


def test_a_set_up_that_was_ended_between_two_steps_is_completed(copy: Copy) -> None:
    (copy.root / ".venv").rename(copy.root / ".venv-new")
    (copy.root / ".venv-old").mkdir()
    shutil.rmtree(copy.wheels)
    ended = copy.start("run")
    assert (ended.status, ended.err) == (0, "")
    assert sorted(path.name for path in copy.root.glob(".venv*")) == [".venv"]


def test_the_larger_lock_is_added_to_the_smaller_and_serves_for_it(copy: Copy) -> None:
    for package in ("one", "two"):  # what is there is not fetched again
        next(copy.wheels.glob(f"{package}-*")).unlink()
    checks = copy.root / "tools" / "verbs.py"
    without = checks.read_text().replace("CHECKS = (", "CHECKS = ()\nOTHERS = (")
    checks.write_text(without.replace('"-m", *TESTS, *rest', '"-c", "print(1)"'))
    ended = copy.start("test")
    assert (ended.status, ended.out) == (0, "1\n"), ended.err
    assert copy.names() == {"one", "two", "three"}
    assert copy.start("run").err == ""


def test_a_hub_is_installed_without_what_only_a_desk_needs(copy: Copy) -> None:
    assert copy.start("hub", "serve").out.endswith("[] hub serve\n")  # the larger one serves
    assert copy.names() == {"one", "two"}
    shutil.rmtree(copy.root / ".venv")
    ended = copy.start("hub", "serve")
    assert ended.status == 0, ended.err
    assert copy.names() == {"one"}
    assert copy.start("run", "list").status == 0
    assert copy.names() == {"one", "two"}
    assert copy.start("hub", "serve", "--objects", "s3://photos").status == 0
    assert copy.names() == {"one", "two", "three"}  # what an address needs is added


@pytest.mark.parametrize("way", ["settings of the account", "pip.conf"])
def test_settings_of_pip_that_lead_elsewhere_do_not(copy: Copy, tmp_path: Path, way: str) -> None:
    conf, elsewhere = tmp_path / "pip.conf", str(tmp_path / "elsewhere")
    conf.write_text(f"[install]\ntarget = {elsewhere}\n[global]\nuser = true\n")
    settings = {"PIP_CONFIG_FILE": str(conf)}
    if way != "pip.conf":
        settings = {"PIP_TARGET": elsewhere, "PIP_PREFIX": elsewhere, "PIP_USER": "1"}
    copy.lock("one")
    ended = copy.start("run", account=settings)
    assert ended.status == 0, ended.err
    assert copy.names() == {"one"}
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_counts_as_installed_that_pip_put_elsewhere(copy: Copy, tmp_path: Path) -> None:
    conf = tmp_path / "pip.conf"
    conf.write_text(f"[install]\nroot = {tmp_path / 'elsewhere'}\n")
    copy.lock("two", "one")
    ended = copy.start("run", account={"PIP_CONFIG_FILE": str(conf)})
    assert (ended.status, ended.out) == (3, "")
    assert "pip ended well, but two 1.0 is missing (and 1 more); if its settings" in ended.err
    assert not (copy.root / ".venv-new" / "installed-from").exists()
    assert copy.names() == {"one", "two"}, "the environment before is still there"


def other_account(copy: Copy) -> tuple[str, ...]:
    """Let the copy belong to somebody else; the words before a command that make it a stranger."""
    if WINDOWS:
        pytest.skip("accounts differ there")
    if os.geteuid() != 0:
        for path in (copy.root, copy.root / ".start-lock"):
            path.chmod(path.stat().st_mode & ~0o222)
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("no setpriv here")
    for path in (copy.root, *copy.root.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


def test_another_account_uses_what_is_ready(copy: Copy) -> None:
    ended = copy.start("run", by=other_account(copy))
    assert (ended.status, ended.err) == (0, "")


def test_another_account_is_told_in_a_sentence_that_the_owner_must_renew_it(copy: Copy) -> None:
    copy.lock("one")
    ended = copy.start("run", by=other_account(copy))
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.count("\n") == 1
    assert "let its owner" in ended.err
    assert "call start.py once" in ended.err


@pytest.fixture(scope="module")
def strangers_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a package index whose certificate nobody vouches for."""
    file = tmp_path_factory.mktemp("index") / "certificate.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begun = datetime(2025, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(begun).not_valid_after(begun + timedelta(days=9000))
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}/simple"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_index_that_nobody_vouches_for_is_told_as_that(copy: Copy, strangers_index: str) -> None:
    copy.lock("one")
    settings = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": strangers_index}
    ended = copy.start("run", account=settings)
    assert ended.status == 3
    told = ended.err.splitlines()[-1]
    assert "the certificate of the package index is not trusted here" in told
    assert "PIP_CERT=FILE" in told


def test_no_network_is_told_as_that(copy: Copy) -> None:
    copy.lock("one")
    settings = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
    settings["PIP_INDEX_URL"] = "http://localhost:9/simple"
    ended = copy.start("run", account=settings)
    assert ended.status == 3
    assert "no network, or it does not reach them" in ended.err.splitlines()[-1]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root installs")
def test_system_packages_are_named_before_they_are_installed_and_can_be_left_out(
    copy: Copy, tmp_path: Path
) -> None:
    programs, asked = tmp_path / "bin", tmp_path / "asked"
    programs.mkdir()
    apt = programs / "apt-get"
    apt.write_text(f'#!/bin/sh\nread answer && echo asked >> "{asked}"\necho "$@" >> "{asked}"\n')
    apt.chmod(0o755)

    ended = copy.start(
        "demo", "--no-system-packages", "--headless", account={"PATH": str(programs)}
    )
    assert (ended.status, ended.err) == (0, "")
    assert "--no-system-packages" not in ended.out
    assert not asked.exists()

    ended = copy.start("demo", "--headless", account={"PATH": str(programs)})
    assert ended.status == 0
    assert "as root, by apt-get: installing chromium" in ended.err
    assert "--no-system-packages leaves them out" in ended.err
    calls = asked.read_text().splitlines()
    assert [call.split()[5] for call in calls] == ["update", "install"]
    assert "--yes" in calls[1].split()


def test_a_word_it_does_not_know_gets_the_list_of_those_it_does(copy: Copy) -> None:
    ended = copy.start("dance")
    assert ended.status == 2
    assert "python3 start.py demo" in ended.err
    assert "--no-system-packages" in ended.err


def test_an_old_python_is_told_which_one_is_needed(copy: Copy) -> None:
    """The file that is read first may hold nothing that an old Python does not know."""
    code = (
        "import sys; sys.version_info = (3, 9); sys.argv = ['start.py', 'run']\n"
        "import runpy; runpy.run_path('start.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=copy.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "needs Python 3.11 or newer" in done.stderr
