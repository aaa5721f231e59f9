"""A bucket in a real S3 store, which each test process starts once."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen
from uuid import uuid4

import obstore
import pytest
from obstore.store import S3Store

INSTALLED = importlib.util.find_spec("swift") is not None
KEYS = {"AWS_ACCESS_KEY_ID": "hub:tester", "AWS_SECRET_ACCESS_KEY": "testing"}
"""As `tools/swift.py` has them."""
REGION = "us-east-1"


@dataclass
class Bucket:
    """A new bucket; `store` is what a program sees that is not the hub."""

    name: str
    endpoint: str
    store: S3Store

    def address(self, arriving: Path) -> str:
        """What `--objects` says for it."""
        asked = f"arriving={quote(str(arriving))}&endpoint={self.endpoint}&region={REGION}"
        return f"s3://{self.name}?{asked}"


class Swift:
    """The store in `folder`, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.endpoint = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and not killed."""
        return self._process is not None

    def start(self) -> None:
        """Start it; it takes requests when this returns."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.swift", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.endpoint = self._process.stdout.readline().strip()
        assert self.endpoint, "Swift does not start"

    def kill(self) -> None:
        """Kill it; what is stored stays."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def bucket(self) -> Bucket:
        """Make a bucket."""
        name = f"photos-{uuid4().hex[:12]}"
        store = S3Store(
            name,
            endpoint=self.endpoint,
            region=REGION,
            client_options={"allow_http": True},
            retry_config={"max_retries": 0},
        )
        made = obstore.sign(store, "PUT", "", timedelta(minutes=1))
        urlopen(Request(made, method="PUT")).close()
        return Bucket(name, self.endpoint, store)


@contextmanager
def a_store(folder: Path) -> Iterator[Swift]:
    """Swift in `folder`, with its keys in the environment; a test without Swift is skipped."""
    if not INSTALLED:
        pytest.skip("Swift is not installed: it is for Linux")
    swift = Swift(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        swift.start()
        try:
            yield swift
        finally:
            swift.kill()
