"""The application with the figures for Prometheus; it has a socket of its own."""

from __future__ import annotations

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.api.health import HealthRoutes
from hub.metrics import Figures
from hub.serving.readiness import Readiness


def metrics_app(figures: Figures, readiness: Readiness) -> Starlette:
    """The ASGI application with `/metrics`, and with the routes about health."""

    async def metrics(request: Request) -> Response:  # noqa: ARG001
        text = await run_in_threadpool(generate_latest, figures.registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return Starlette(routes=[Route("/metrics", metrics), *HealthRoutes(readiness).routes()])
