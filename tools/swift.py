"""A real S3 store on loopback, for tests and for trying: OpenStack Swift with its S3 interface.

    python -m tools.swift FOLDER

Prints its address when it takes requests, and serves until it is stopped or its standard input
ends. FOLDER keeps what is stored; its file system needs extended attributes. Linux only. One
replica on one device, four processes. Unlike a mock it refuses a wrong checksum, a wrong secret and
a second object of the same name.
"""

from __future__ import annotations

import getpass
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from swift.common.ring import RingBuilder

ACCOUNT, USER, SECRET = "hub", "tester", "testing"
REGION = "us-east-1"
KINDS = ("account", "container", "object")
MIDDLE = (
    "catch_errors", "gatekeeper", "s3api", "tempauth", "bulk", "slo", "dlo", "versioned_writes",
    "symlink",
)  # fmt: skip
OPTIONS = {
    "s3api": f"s3_acl = false\nlocation = {REGION}\n",
    "tempauth": f"user_{ACCOUNT}_{USER} = {SECRET} .admin\n",
    "versioned_writes": "allow_object_versioning = true\n",
}
PORTS = range(20_000, 30_000)
READY_WITHIN = 30
"""Seconds."""


def main() -> int:
    """Serve the folder of the command line."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "ports"
    if known.exists():
        ports = [int(each) for each in known.read_text().split()]
    else:
        ports = _free_ports(len(KINDS) + 1)
        known.write_text(" ".join(map(str, ports)))
        _write(folder, dict(zip(KINDS, ports, strict=False)), ports[-1])
    running = [_start(folder, kind) for kind in (*KINDS, "proxy")]
    try:
        _wait(ports)
        print(f"http://127.0.0.1:{ports[-1]}", flush=True)
        sys.stdin.read()
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return 0


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens at, below those that the system gives to anybody: another program
    takes none of them before Swift does, nor while it is stopped.
    """
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        found.append(port)
        if len(found) == count:
            break
    return found


def _write(folder: Path, ports: dict[str, int], proxy: int) -> None:
    """The settings and rings of a new folder."""
    (folder / "node" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_prefix = tidewaiter\nswift_hash_path_suffix = tidewaiter\n"
        "[storage-policy:0]\nname = one\ndefault = yes\n"
    )
    every = (
        f"[DEFAULT]\nbind_ip = 127.0.0.1\nworkers = 0\nuser = {getpass.getuser()}\n"
        f"swift_dir = {folder}\n"
    )
    for kind, port in ports.items():
        (folder / f"{kind}.conf").write_text(
            f"{every}bind_port = {port}\ndevices = {folder}/node\nmount_check = false\n"
            f"[pipeline:main]\npipeline = {kind}-server\n"
            f"[app:{kind}-server]\nuse = egg:swift#{kind}\n"
        )
        builder = RingBuilder(4, 1, 1)
        builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1, "device": "d1",
                         "ip": "127.0.0.1", "port": port})  # fmt: skip
        builder.rebalance()
        builder.get_ring().save(str(folder / f"{kind}.ring.gz"))
    filters = "".join(
        f"[filter:{name}]\nuse = egg:swift#{name}\n{OPTIONS.get(name, '')}" for name in MIDDLE
    )
    (folder / "proxy.conf").write_text(
        f"{every}bind_port = {proxy}\n"
        f"[pipeline:main]\npipeline = {' '.join(MIDDLE)} proxy-server\n"
        f"[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n{filters}"
    )


def _start(folder: Path, kind: str) -> subprocess.Popen[bytes]:
    with (folder / f"{kind}.log").open("ab") as log:
        return subprocess.Popen(
            [str(Path(sys.executable).parent / f"swift-{kind}-server"), f"{kind}.conf", "-v"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"SWIFT_DIR": str(folder)},
            start_new_session=True,
        )


def _wait(ports: list[int]) -> None:
    until = time.monotonic() + READY_WITHIN
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
