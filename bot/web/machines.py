"""The doors for machines: Twilio's webhooks, health and metrics, as an application of their own.

They know no session, no form of ours and no language, so nothing that pages need (accounts, CSRF, limits, headers,
compression) stands in their way: it would cost a busy webhook half of its speed (decision 0004).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask

PATHS = ("/webhooks/", "/healthz", "/readyz", "/metrics")
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


def before_pages(pages: Flask, machines: Flask, doors: Iterable[Blueprint]) -> None:
    """Let ``machines`` answer what begins with one of its paths; everything else goes to ``pages``."""
    for door in doors:
        machines.register_blueprint(door)
    pages.extensions["sapa_machines"] = machines
    pages.wsgi_app = _First(machines.wsgi_app, pages.wsgi_app)  # type: ignore[method-assign]


class _First:
    def __init__(self, machines: Application, pages: Application) -> None:
        self._machines = machines
        self._pages = pages

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        is_machine = environ.get("PATH_INFO", "").startswith(PATHS)
        return (self._machines if is_machine else self._pages)(environ, start_response)
