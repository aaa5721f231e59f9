"""The line to the hub: a certificate, who vouches for it, and what is said when nobody does."""

from __future__ import annotations

import ipaddress
import os
import signal
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from acts.hub.join_hub import enrolled_hub
from acts.session import Session
from acts.station.init import make_workstation
from hub.codes import fresh_code, put_address
from hub.errors import CannotServe
from hub.serving.certificates import Certified, certificate
from storage.identity import Station
from storage.keys import Passphrase
from storage.workstation import Workstation
from sync.errors import HubNotTrusted
from sync.http.enrol import enrol
from system.clock import system_clock
from system.shipped import shipped_packs
from tests.builders import Place, a_final
from tests.hub.conftest import Running, run_hub
from tests.hub.test_commands import MAIN, places, refused
from tests.journeys.desk import run
from tests.light_keys import LIGHT
from tests.sync.conftest import brought

TODAY = datetime.now(UTC)


@dataclass(frozen=True)
class SelfSigned:
    """A certificate that vouches for itself."""

    certificate: Path
    private_key: Path
    locked_key: Path

    @property
    def pem(self) -> str:
        return self.certificate.read_text()

    @property
    def certified(self) -> Certified:
        return Certified(self.certificate, self.private_key)


def self_signed(
    folder: Path, name: str = "127.0.0.1", days: tuple[int, int] = (-1, 2)
) -> SelfSigned:
    """Valid from the first to the second of the `days` from today."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub of a test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY + timedelta(days=days[0]))
        .not_valid_after(TODAY + timedelta(days=days[1]))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        # tells apart the authorities of one name, as every authority does
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    files = SelfSigned(folder / "hub.pem", folder / "hub.key", folder / "locked.key")
    files.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    open_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    files.private_key.write_bytes(open_key)
    files.locked_key.write_bytes(locked)
    return files


@pytest.fixture
def own(tmp_path: Path) -> SelfSigned:
    """The hub's own certificate."""
    return self_signed(tmp_path / "tls")


@pytest.fixture
def secured(tmp_path: Path, own: SelfSigned) -> Iterator[Running]:
    """A hub that speaks HTTPS."""
    with run_hub(tmp_path, certified=own.certified) as running:
        yield running


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workstation]:
    """A workstation with one final interception."""
    ws = Place(tmp_path / "home").open()
    a_final(ws)
    yield ws
    ws.close()


def test_a_record_travels_over_https_and_the_authority_is_kept(
    secured: Running, own: SelfSigned, ws: Workstation
) -> None:
    assert secured.url.startswith("https://")
    enrol(ws, secured.url, fresh_code(secured.hub), own.pem)
    assert brought(ws).complete
    assert secured.count("interception") == 1


def test_a_certificate_nobody_vouches_for_is_refused_in_one_sentence(
    secured: Running, ws: Workstation
) -> None:
    with pytest.raises(HubNotTrusted, match="does not trust the authority"):
        enrol(ws, secured.url, fresh_code(secured.hub))
    assert secured.count("device") == 0


def test_the_name_in_the_certificate_must_be_the_hubs(tmp_path: Path, ws: Workstation) -> None:
    other = self_signed(tmp_path / "other", "192.0.2.1")
    with (
        run_hub(tmp_path, certified=other.certified) as running,
        pytest.raises(HubNotTrusted, match=r"is for 192\.0\.2\.1, not for 127\.0\.0\.1"),
    ):
        enrol(ws, running.url, fresh_code(running.hub), other.pem)


@pytest.mark.parametrize(
    ("days", "words", "day"), [((-9, -2), "expired on", -2), ((3, 9), "valid from", 3)]
)
def test_a_certificate_out_of_its_time_is_told_with_its_day_and_that_of_the_clock(
    tmp_path: Path, ws: Workstation, days: tuple[int, int], words: str, day: int
) -> None:
    wrong = self_signed(tmp_path / "wrong", days=days)
    with (
        run_hub(tmp_path, certified=wrong.certified) as running,
        pytest.raises(HubNotTrusted) as refused,
    ):
        enrol(ws, running.url, fresh_code(running.hub), wrong.pem)
    told = str(refused.value)
    assert f"{words} {(TODAY + timedelta(days=day)).date()}" in told
    assert f"clock says {system_clock().local_date}" in told


def test_an_authority_that_no_hub_answered_behind_is_not_kept(
    secured: Running, own: SelfSigned, ws: Workstation, tmp_path: Path
) -> None:
    enrol(ws, secured.url, fresh_code(secured.hub), own.pem)
    other = self_signed(tmp_path / "other")
    with pytest.raises(HubNotTrusted):
        brought(ws, authority=other.pem)
    assert enrolled_hub(ws).authority == own.pem
    assert brought(ws).complete


def test_the_commands_take_an_authority_once_and_remember_it(
    secured: Running, own: SelfSigned, tmp_path: Path
) -> None:
    home, passphrase = tmp_path / "place", tmp_path / "passphrase"
    passphrase.write_text("five words for a test\n")
    passphrase.chmod(0o600)
    make_workstation(
        home,
        Station(name="bench", post="MCN", country="XA", number=1),
        (Passphrase("five words for a test", LIGHT),),
        shipped_packs(),
        session=Session("admin"),
    )
    opening = ("--home", str(home), "--passphrase-file", str(passphrase))
    to = ("--hub", secured.url, fresh_code(secured.hub))
    refused = run(["enrol", *opening, *to])
    assert refused.status == 2
    assert "--authority FILE" in refused.err
    nothing = run(["enrol", *opening, "--authority", str(passphrase), *to])
    assert nothing.status == 2
    assert "no certificate of an authority" in nothing.err
    assert run(["enrol", *opening, "--authority", str(own.certificate), *to]).status == 0
    assert run(["sync", *opening]).status == 0
    told = run(["doctor", *opening]).out
    assert "answers as" in told
    ends = (TODAY + timedelta(days=2)).date()
    assert f"look at authority: CN=hub of a test, until {ends}" in told


def test_a_renewed_authority_is_taken_by_sync(
    tmp_path: Path, own: SelfSigned, ws: Workstation
) -> None:
    with run_hub(tmp_path, certified=own.certified) as running:
        enrol(ws, running.url, fresh_code(running.hub), own.pem)
    renewed = self_signed(tmp_path / "renewed")
    with run_hub(tmp_path, certified=renewed.certified) as running:
        with pytest.raises(HubNotTrusted):
            brought(ws, running.url)
        assert brought(ws, running.url, renewed.pem).complete
        assert brought(ws, running.url).complete


def test_several_authorities_are_held_and_expired_ones_dropped(
    tmp_path: Path, own: SelfSigned, ws: Workstation
) -> None:
    """For the weeks in which a hub changes from one authority to the next, and back."""
    expired = self_signed(tmp_path / "expired", days=(-9, -2))
    with run_hub(tmp_path, certified=own.certified) as running:
        enrol(ws, running.url, fresh_code(running.hub), expired.pem + own.pem)
        assert enrolled_hub(ws).authority == own.pem
    renewed = self_signed(tmp_path / "renewed")
    with run_hub(tmp_path, certified=renewed.certified) as running:
        assert brought(ws, running.url, renewed.pem).complete
        assert enrolled_hub(ws).authority == renewed.pem + own.pem
    with run_hub(tmp_path, certified=own.certified) as running:
        assert brought(ws, running.url).complete
        put_address(running.hub, running.url, own.pem)
        enrol(ws, running.url, fresh_code(running.hub))
        assert enrolled_hub(ws).authority == own.pem + renewed.pem


@pytest.mark.parametrize("broken", ["missing", "locked", "other", "garbage", "alone"])
def test_a_certificate_that_cannot_be_used_gets_one_clear_sentence(
    own: SelfSigned, tmp_path: Path, broken: str
) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_text("no key")
    key = {
        "missing": tmp_path / "none",
        "locked": own.locked_key,
        "other": self_signed(tmp_path / "second").private_key,
        "garbage": garbage,
        "alone": None,
    }[broken]
    with pytest.raises(CannotServe) as refused:
        certificate(own.certificate, key)
    assert str(own.certificate) in str(refused.value)


def said_at_start(folder: Path, *words: str) -> tuple[str, str]:
    """The hub's first line, and what it said on standard error until it was ended."""
    command = [*MAIN, "serve", *places(folder), *words]
    hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    line = hub.stdout.readline()
    hub.terminate()
    return line, hub.communicate(timeout=30)[1]


def test_a_hub_open_to_others_in_the_clear_warns_in_one_line(
    tmp_path: Path, own: SelfSigned
) -> None:
    line, errors = said_at_start(tmp_path, "--listen", "0.0.0.0:0")
    assert line.startswith("hub listens on http://")
    assert errors.count("warning") == 1
    assert "in the clear" in errors
    files = ("--certificate", str(own.certificate), "--private-key", str(own.private_key))
    line, errors = said_at_start(tmp_path, "--listen", "0.0.0.0:0", *files)
    assert line.startswith("hub listens on https://")
    assert "warning" not in errors
    assert "warning" not in said_at_start(tmp_path, "--listen", "127.0.0.1:0")[1]


def test_pages_without_sign_in_are_not_for_other_machines_and_nobody_signs_in_in_the_clear(
    tmp_path: Path,
) -> None:
    words = ["--listen", "127.0.0.1:0", "--pages", "0.0.0.0:0"]
    done = refused(*places(tmp_path), *words, "--pages-without-sign-in")
    assert (done.status, done.out) == (3, "")
    assert "without a sign-in" in done.err
    assert not (tmp_path / "a").exists()
    line, errors = said_at_start(tmp_path, *words)
    assert line.startswith("hub listens on http://127.0.0.1:")
    assert errors.count("warning") == 1
    assert "nobody can sign in at http://0.0.0.0:" in errors
    assert "hub user add NAME --role administrator" in errors


def shown_by(url: str) -> bytes:
    """The certificate that the hub shows."""
    parts = urlsplit(url)
    return ssl.get_server_certificate((parts.hostname or "", parts.port or 0)).encode()


@pytest.mark.skipif(os.name == "nt", reason="there is no HUP")
def test_a_renewed_certificate_is_shown_after_hup_without_a_restart(
    tmp_path: Path, own: SelfSigned
) -> None:
    command = [*MAIN, "serve", *places(tmp_path), "--listen", "127.0.0.1:0"]
    command += ["--certificate", str(own.certificate), "--private-key", str(own.private_key)]
    hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert hub.stdout is not None
    assert hub.stderr is not None
    try:
        url = hub.stdout.readline().split()[-1]
        before = shown_by(url)
        own.certificate.write_bytes(b"half of a file")
        said = [hub.stderr.readline() for _ in range(2)]
        assert any('"certificate expires", "days": 1}' in line for line in said)
        assert any("nobody has an account yet" in line for line in said)
        hub.send_signal(signal.SIGHUP)
        not_renewed = hub.stderr.readline()
        assert "certificate not renewed" in not_renewed
        assert "cannot be used: " in not_renewed
        assert "{" not in not_renewed[1:], "the cause is named"
        assert shown_by(url) == before
        self_signed(own.certificate.parent)
        hub.send_signal(signal.SIGHUP)
        assert "certificate renewed" in hub.stderr.readline()
        assert shown_by(url) == own.certificate.read_bytes() != before
    finally:
        hub.terminate()
        hub.communicate(timeout=30)
    assert hub.returncode == 0
