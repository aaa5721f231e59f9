"""Pictures of the desk's screens and of the hub's pages, made by child processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from demo.hub_child import MAIN

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER_SECONDS = 60
QUIET = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--disable-features=AsyncDns,DnsOverHttps,MediaRouter,OptimizationHints,Translate",
)
"""Keeps a browser from calling anybody but the hub on this computer."""
SCREEN_SECONDS = 300


def desk_screens(home: Path, passphrase_file: Path, out: Path) -> str:
    """Why there are no pictures of the desk in `out`; empty when there are."""
    words = [sys.executable, str(MAIN), "screenshots", "--home", str(home)]
    words += ["--passphrase-file", str(passphrase_file), "--out", str(out)]
    out.mkdir(parents=True, exist_ok=True)
    failed = _run(words, SCREEN_SECONDS, {"QT_QPA_PLATFORM": "offscreen"})
    if not failed and not any(out.glob("*.png")):
        return "the desk made no picture"
    return failed


def hub_pages(url: str, pages: Mapping[str, str], out: Path) -> str:
    """Why there are no pictures of the hub's `pages` (name to path); empty when there are."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return "no chromium here (Debian: apt-get install chromium)"
    out.mkdir(parents=True, exist_ok=True)
    for name, path in pages.items():
        picture = out / f"{name}.png"
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            failed = _run(_browser_words(browser, profile, picture, url + path), BROWSER_SECONDS)
        if failed or not picture.exists():
            return f"{path}: {failed or 'the browser made no picture'}"
    return ""


def _browser_words(browser: str, profile: str, picture: Path, url: str) -> list[str]:
    words = [browser, "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    words += ["--disable-dev-shm-usage"]  # a container has little shared memory
    words += QUIET
    words += ["--window-size=1440,1000", "--timeout=10000", f"--user-data-dir={profile}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--no-sandbox")  # chromium refuses to run as root with it
    return [*words, f"--screenshot={picture}", url]


def _run(words: list[str], seconds: int, environment: Mapping[str, str] | None = None) -> str:
    """What went wrong, in one line; empty when nothing did."""
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            env=os.environ | (environment or {}),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{Path(words[0]).name} did not end in {seconds} s"
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return "" if done.returncode == 0 else (lines or [f"ended with {done.returncode}"])[-1]
