"""How a service may be asked for, from its channel."""

from __future__ import annotations

from enum import StrEnum

from bot.knowledge import Delivery, Knowledge, Service


class Way(StrEnum):
    """``icore`` and ``card`` are never a promise: which services the app takes is still to be confirmed."""

    COUNTER = "counter"
    REQUEST = "request"
    ICORE = "icore"
    ICORE_CARD = "icore_card"
    CARD = "card"
    PORTAL = "portal"
    CHAT = "chat"
    SELF = "self"


def way_of(service: Service) -> Way:
    channel = service.channel
    if channel.request_via:
        return Way.REQUEST
    if not channel.online:
        return Way.COUNTER
    if channel.portal:
        return Way.PORTAL
    if channel.whatsapp:
        return Way.CHAT
    card = channel.delivery is Delivery.CARD
    if channel.icore.available:
        return Way.ICORE_CARD if card else Way.ICORE
    return Way.CARD if card else Way.SELF


def way_label(service: Service, knowledge: Knowledge) -> str:
    """In a few words, for a card."""
    label: str = getattr(knowledge.labels.ways, way_of(service).value)
    return label.replace("{portal}", service.channel.portal or "")
