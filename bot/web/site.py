"""The web side: health, metrics, and where chat platforms post their events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

Answer = tuple[int, Mapping[str, str], str]
HttpEdge = Callable[[bytes, Mapping[str, str]], Awaitable[Answer]]
Figures = Callable[[], Mapping[str, float]]
BODY_MOST = 1_000_000


def make_site(edges: Mapping[str, HttpEdge], figures: Figures, pages: Iterable[APIRouter] = ()) -> FastAPI:
    """The web application. `edges`: path -> who answers what is posted there. `figures`: name -> value, for
    health and metrics; it raises StoreUnavailable while the database is away, which the caller turns into -1 values.
    `pages`: what else is served.
    """
    site = FastAPI(title="IT Liaison", docs_url=None, redoc_url=None, openapi_url=None)

    @site.get("/health")
    def health() -> Response:
        up = figures().get("database_up", 0.0) > 0
        words = "ok\n" if up else "the database cannot be reached\n"
        return Response(words, 200 if up else 503, media_type="text/plain")

    @site.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(_registry(figures())), media_type=CONTENT_TYPE_LATEST)

    for path, edge in edges.items():
        site.post(path)(_endpoint(edge))
    for router in pages:
        site.include_router(router)
    return site


def _endpoint(edge: HttpEdge) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = await request.body()
        if len(body) > BODY_MOST:
            return Response("too large", 413)
        status, headers, content = await edge(body, dict(request.headers))
        return Response(content, status, dict(headers))

    return answer


def _registry(figures: Mapping[str, float]) -> CollectorRegistry:
    registry = CollectorRegistry()
    for name, value in figures.items():
        Gauge(f"it_liaison_{name}", name.replace("_", " "), registry=registry).set(value)
    return registry
