"""The hub over HTTP: thin doors around `Hub.handle`, with every body bounded before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sync.protocol import files, limits
from sync.server.hub import DOORS, Hub

IDLE_SECONDS = 30.0
"""Silence in the middle of a body after which the hub hangs up."""
WHOLE_SECONDS = 600.0
"""The longest one body may take; a desk on a bad line sends smaller pages."""
THREADS = 8
"""Requests worked on at once by one process; the rest wait their turn."""
_FILE_PATHS = (files.UPLOADS, files.UPLOADS + "/{name}", files.FILES + "/{name}")
BUFFERED = 256 * 1024 * 1024
"""Bytes of bodies held at once, all callers together."""


class _Turned(Exception):
    """The body is not taken; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Doorkeeper:
    """Reads bodies within bounds and passes them to the hub's threads."""

    def __init__(self, hub: Hub, idle_seconds: float) -> None:
        self._hub = hub
        self._idle_seconds = idle_seconds
        self._threads = ThreadPoolExecutor(THREADS, "hub")
        self._held = 0

    async def answer(self, request: Request) -> Response:
        """One request, whatever it is."""
        peer = request.client.host if request.client else ""

        def ask(body: bytes) -> Response:
            status, reply = self._hub.handle(request.url.path, body, request.headers, peer)
            return _response(status, reply)

        return await self._answer(request, limits.BODY, ask)

    async def move_file(self, request: Request) -> Response:
        """One request of the file lane."""
        door = self._hub.file_door
        if door is None:
            return _response(404, b"no files here")

        def ask(body: bytes) -> Response:
            reply = door.handle(request.method, request.url.path, body, request.headers)
            return Response(reply.body, reply.status, dict(reply.headers))

        return await self._answer(request, limits.CHUNK, ask)

    async def _answer(self, request: Request, most_bytes: int, ask: Callable[[bytes], Response]) -> Response:
        body = bytearray()
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                await self._read(request, body, most_bytes)
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask, bytes(body))
        except (TimeoutError, ClientDisconnect):
            return _response(408, b"too slow")
        except _Turned as turned:
            return _response(turned.status, b"too large" if turned.status == 413 else b"busy")
        finally:
            self._held -= len(body)

    def close(self) -> None:
        """Let the requests at work end."""
        self._threads.shutdown()

    async def _read(self, request: Request, body: bytearray, most_bytes: int) -> None:
        told = request.headers.get("content-length", "0")
        if not told.isdecimal() or len(told) > 12 or int(told) > most_bytes:
            raise _Turned(413)
        stream = request.stream()
        while True:
            chunk = await asyncio.wait_for(anext(stream, b""), self._idle_seconds)
            if not chunk:
                return
            body += chunk
            self._held += len(chunk)
            if len(body) > most_bytes:
                raise _Turned(413)
            if self._held > BUFFERED:
                raise _Turned(503)


def _response(status: int, reply: bytes) -> Response:
    headers = {} if status == 200 else {"Connection": "close"}
    return Response(reply, status, headers)


def create_app(hub: Hub, *, idle_seconds: float = IDLE_SECONDS) -> Starlette:
    """The ASGI service; it closes the hub when it stops."""
    doorkeeper = _Doorkeeper(hub, idle_seconds)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        doorkeeper.close()
        hub.close()

    routes = [Route(path, doorkeeper.answer, methods=[method]) for path, method in DOORS.items()]
    file_methods = ["OPTIONS", "POST", "HEAD", "PATCH", "GET"]
    routes += [Route(path, doorkeeper.move_file, methods=file_methods) for path in _FILE_PATHS]
    return Starlette(routes=routes, lifespan=lifespan)
