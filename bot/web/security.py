"""Headers every page carries: a strict content policy without inline script, and https where we are public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from flask_talisman import Talisman

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

View = TypeVar("View", bound=Callable[..., Any])


def under_policy(policy: str) -> Callable[[View], View]:
    """A stricter content policy for one view; put it outermost."""

    def decorate(view: View) -> View:
        view.talisman_view_options = {"content_security_policy": policy}  # type: ignore[attr-defined]
        return view

    return decorate


def protect(app: Flask, *, https: bool) -> None:
    """Call when every door is registered. HSTS, Secure cookies and redirects to https only when the public address
    is https: a test may speak http. What machines call stands before all this: Twilio would follow no redirect."""
    Talisman(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        session_cookie_samesite="Lax",
        content_security_policy=POLICY,
        frame_options="DENY",
    )
