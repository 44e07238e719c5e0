"""Logging: structlog events with ids and codes, one line each; never bodies, numbers or names."""

from __future__ import annotations

import logging
import sys
import threading

import structlog

from bot.errors import where


def configure() -> None:
    """Log to standard error; lines of colour-free key=value for people, at level INFO."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )

    def told(kind: type[BaseException], error: BaseException | None, thread: str) -> None:
        structlog.get_logger().error("stopped_by", error=kind.__name__, where=where(error) if error else "", at=thread)

    # Python's own reports print the error's text, which may quote a row
    sys.excepthook = lambda kind, error, _: told(kind, error, "main")
    threading.excepthook = lambda given: told(
        given.exc_type, given.exc_value, given.thread.name if given.thread else ""
    )
