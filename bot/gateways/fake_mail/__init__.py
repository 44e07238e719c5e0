"""A stand-in for a mail server: takes mail by SMTP, keeps the newest in memory, makes trouble on demand.

``smtp`` takes, ``inbox`` keeps, ``faults`` is trouble on demand, ``control_api`` shows and steers it over HTTP, and
``control`` is the client for that.
"""

from bot.gateways.fake_mail.control import FakeMailControl, SeenMail
from bot.gateways.fake_mail.control_api import CONTROL_PATH
from bot.gateways.fake_mail.server import FakeMail, running_mail

__all__ = ["CONTROL_PATH", "FakeMail", "FakeMailControl", "SeenMail", "running_mail"]
