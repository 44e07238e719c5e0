"""The demo's settings: made once into ``var/demo.env``, which only ``make run`` reads, and kept."""

from __future__ import annotations

import base64
import os
import secrets
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from tools.setup.place import ROOT, environment
from tools.setup.stop import SetupStopped

FILE = ROOT / "var" / "demo.env"
REAL = ("SAPA_TWILIO_ACCOUNT_SID", "SAPA_TWILIO_AUTH_TOKEN", "SAPA_SECRET_KEY", "SAPA_VAULT_KEY")
SENDER = "sapa@contoh.go.id"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def demo_environment() -> dict[str, str]:
    """The whole environment for ``sapa up``; the caller's ``SAPA_…`` win over the file's (ports, say).

    Raises SetupStopped where the caller's settings are of a real office: the demo must not write into its
    database or send under its name.
    """
    caller = environment()
    is_demo = caller.get("SAPA_DEMO", "").lower() in ("1", "true", "yes", "on")
    real = next((name for name in REAL if caller.get(name)), None)
    if real and not is_demo:
        raise SetupStopped(f"{real} is set, and make run is the demo: start a real office with .venv/bin/sapa up.")
    env = {**_kept(), **caller}
    env.setdefault("SAPA_PUBLIC_URL", f"http://127.0.0.1:{env['SAPA_PORT']}")
    env.setdefault("SAPA_SMTP_URL", f"smtp://127.0.0.1:{_next_port(env['SAPA_TWILIO_API_URL'])}?from={SENDER}")
    for setting in ("SAPA_TWILIO_API_URL", "SAPA_SMTP_URL"):
        if urlsplit(env[setting]).hostname not in LOOPBACK:
            raise SetupStopped(f"{setting} must be on this machine for the demo: unset it, or use .venv/bin/sapa up.")
    return env


def check_ports(env: Mapping[str, str]) -> None:
    """Raises SetupStopped naming the first port that is taken, and the setting that moves it."""
    ports = {
        "SAPA_PORT": env["SAPA_PORT"],
        "SAPA_NLU_URL": _port(env["SAPA_NLU_URL"]),
        "SAPA_TWILIO_API_URL": _port(env["SAPA_TWILIO_API_URL"]),
        "SAPA_SMTP_URL": _port(env["SAPA_SMTP_URL"]),
    }
    for setting, port in ports.items():
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SetupStopped(f"{setting} names no port between 1 and 65535.")
        if not _is_free(int(port)):
            raise SetupStopped(
                f"Port {port} is in use, perhaps by another make run: stop that, "
                f"or choose another port with {setting} (in the environment or in var/demo.env)."
            )


def _port(url: str) -> str:
    try:
        return str(urlsplit(url).port or "")
    except ValueError:
        return ""


def _next_port(url: str) -> str:
    """The stand-ins for Twilio and for the mail server are one process, so their ports are neighbours."""
    port = _port(url)
    return str(int(port) + 1) if port else "0"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a closed connection's rest is no user
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def _kept() -> dict[str, str]:
    if not FILE.exists():
        FILE.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("# The demo's settings, made by make run and read by nothing else. Delete to begin anew.\n")
    pairs = (line.partition("=") for line in FILE.read_text(encoding="utf-8").splitlines() if "=" in line)
    kept = {name.strip(): value.strip() for name, _, value in pairs if not name.startswith("#")}
    # all of them at first; later what a newer Sapa needs besides
    missing = {name: value for name, value in _new().items() if name not in kept}
    with FILE.open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in missing.items())
    return kept | missing


def _new() -> dict[str, str]:
    return {
        "SAPA_DEMO": "1",
        "SAPA_PORT": "8000",
        "SAPA_NLU_URL": "http://127.0.0.1:5005",
        "SAPA_TWILIO_API_URL": "http://127.0.0.1:8001",
        "SAPA_TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "SAPA_TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "SAPA_SENDER": "whatsapp:+6281100000000",
        "SAPA_SECRET_KEY": secrets.token_urlsafe(32),
        "SAPA_VAULT_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        # a number of 256 bits is a private key, but for one in four thousand million
        "SAPA_VAPID_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="),
    }
