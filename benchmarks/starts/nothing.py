"""Only Python."""

from __future__ import annotations

from benchmarks.starts.ready import ready

ready()
