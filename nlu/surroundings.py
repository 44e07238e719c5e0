"""What must be set before rasa, numpy or scikit-learn are imported; import this module first."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
# One thread: the matrices are small, and this process shares its machine with web, worker and database.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

# Rasa 3.6 and its pins warn of their own age at every start; nothing a reader of our log could act on.
# Some of them reset the filters on import, hence the door itself is closed.
warnings.showwarning = lambda *_, **__: None

# Run as a script, Python puts nlu/ first; our components are `nlu.components.…`, as config.yml names them.
sys.path[:] = [str(ROOT), *(entry for entry in sys.path if Path(entry or ".").resolve() != ROOT / "nlu")]
