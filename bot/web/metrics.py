"""Counters of one web process, and the sizes of the queues, for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from bot.db.session import Database
from bot.desk import backlog


class Counters:
    """What this process counted since it started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter(
            "sapa_webhook_messages", "Inbound messages by outcome", ["outcome"], registry=self.registry
        )
        self.receipts = Counter(
            "sapa_webhook_receipts",
            "Receipts of outgoing messages by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self.refused = Counter("sapa_webhook_refused", "Webhooks without a valid signature", registry=self.registry)
        self.backlog = Gauge(
            "sapa_backlog",
            "Rows that somebody still has to act on, by kind",
            ["kind"],
            registry=self.registry,
        )


def metrics_blueprint(database: Database, counters: Counters) -> Blueprint:
    """``/metrics``."""
    door = Blueprint("metrics", __name__)

    @door.get("/metrics")
    def metrics() -> Response:
        with database.reading() as session:
            for kind, size in backlog.sizes(session).items():
                counters.backlog.labels(kind=kind).set(size)
        return Response(generate_latest(counters.registry), content_type=CONTENT_TYPE_LATEST)

    return door
