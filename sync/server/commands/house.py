"""Commands about the hub as a house: founding it, opening its doors, its certificate."""

from __future__ import annotations

import argparse
import os
import ssl
from collections.abc import Callable

import msgspec
import uvicorn
from sqlalchemy import make_url

from sync.server.offices import read_divisions
from sync.server.premises import Premises, Settings

Say = Callable[[str], None]
FOLDER_VARIABLE = "FENGQIAO_HUB"
"""The environment variable that tells a worker process where the hub is."""
KEEP_ALIVE_SECONDS = 75
CONNECTIONS = 500


def init(premises: Premises, args: argparse.Namespace, say: Say) -> int:
    """Found a hub."""
    if args.url:
        make_url(args.url)
    areas = read_divisions(args.divisions, args.district)
    premises.found(Settings(args.url, args.host), args.district, areas)
    say(f"区中心已建好，在 {premises.folder}，录入区划 {len(areas)} 个。")
    say("下一步：开账号（accounts add），开入网码（codes make），开始服务（serve）。")
    return 0


def serve(premises: Premises, args: argparse.Namespace, say: Say) -> int:
    """Answer desks until stopped."""
    settings = premises.settings
    if premises.authority.renew_if_due(settings.hosts, premises.now()):
        say("服务器证书快到期，已换新的。各台电脑不用动。")
    os.environ[FOLDER_VARIABLE] = str(premises.folder.resolve())
    uvicorn.run(
        "sync.server.__main__:app",
        factory=True,
        host=args.host,
        port=args.port,
        workers=args.workers,
        ssl_certfile=str(premises.authority.server_file),
        ssl_keyfile=str(premises.authority.server_key_file),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=10,
        limit_concurrency=CONNECTIONS,
        access_log=False,
        server_header=False,
        date_header=False,
        ssl_context_factory=_with_one_ticket,
    )
    return 0


def _with_one_ticket(_: uvicorn.Config, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """A desk keeps one connection and takes it up once: a second ticket would only be bytes."""
    context = make()
    context.num_tickets = 1
    return context


def renew(premises: Premises, args: argparse.Namespace, say: Say) -> int:
    """A new server certificate, for other names if said."""
    settings = premises.settings
    if args.host:
        settings = msgspec.structs.replace(settings, hosts=args.host)
        premises.keep(settings)
    premises.authority.issue(settings.hosts, premises.now())
    say("证书已换，重新启动服务后生效。各台电脑不用动。")
    return 0
