"""The NLU model: trained when what it is made from changed (``nlu/train.py`` knows what that is)."""

from __future__ import annotations

from tools.setup import children
from tools.setup.console import step
from tools.setup.place import NLU, ROOT, environment


def train() -> None:
    with step("NLU model", "ready"):
        command = (NLU / ".venv" / "bin" / "python", NLU / "train.py", "--if-changed")
        env = environment() | {"PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false"}
        children.run("Training the NLU model", *command, log="train", cwd=ROOT, env=env, show=True)
