"""How often one address may try to sign in. Webhooks and health have no limit, and nothing else needs one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter

TRIES = "20 per minute; 200 per hour"


def limit_tries(app: Flask, endpoints: Iterable[str], *, behind_proxy: bool) -> None:
    """All these endpoints share one budget of POSTs an address. Counted in the web process's own memory: it is one
    process, and what a restart forgets the locks of the accounts still know."""
    limiter = Limiter(_address(behind_proxy), app=app, storage_uri="memory://")
    limit = limiter.shared_limit(TRIES, scope="sign-in", methods=["POST"])
    for endpoint in endpoints:
        view: Any = app.view_functions[endpoint]
        app.view_functions[endpoint] = limit(view)


def _address(behind_proxy: bool) -> Callable[[], str]:
    """We speak no TLS: where the public address is https, a proxy stands in front, and the last address it wrote into
    X-Forwarded-For is the caller's. What stands before that, the caller may have made up."""

    def address() -> str:
        forwarded = request.headers.get("X-Forwarded-For", "") if behind_proxy else ""
        return forwarded.rpartition(",")[2].strip() or request.remote_addr or "unknown"

    return address
