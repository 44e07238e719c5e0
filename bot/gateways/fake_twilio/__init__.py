"""A stateful stand-in of api.twilio.com: an HTTP server of its own that the official client talks to.

A message Sapa sends: ``app`` → ``messages_api`` → ``store``, then ``callbacks`` moves its status and tells
Sapa. A message a citizen writes: ``inbound_api`` → ``inbound`` → ``store`` → Sapa's webhook. ``faults`` is
trouble on demand, ``templates`` what the account had approved. ``control`` is the client for all that Twilio itself
has not.
"""

from bot.gateways.fake_twilio.app import FakeTwilio, create_fake_twilio
from bot.gateways.fake_twilio.control import FakeTwilioControl, StandInUnreachable, Thread
from bot.gateways.fake_twilio.server import running, serve

__all__ = [
    "FakeTwilio",
    "FakeTwilioControl",
    "StandInUnreachable",
    "Thread",
    "create_fake_twilio",
    "running",
    "serve",
]
