"""Whether a stock Rasa with TensorFlow trains our config.yml unchanged, and answers as our own process does.

    uv sync --locked --project bench/stock_rasa && python bench/stock_rasa/compare.py

Trains with stock ``rasa train nlu`` (once), and with nlu/train.py when something changed; then both answer the same
texts: intent, service, further questions equal, confidences to a millionth. Ends with 1 and the differences if not.
Needs both environments synced; itself only the standard library.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STOCK = ROOT / "bench" / "stock_rasa" / ".venv" / "bin"
OURS = ROOT / "nlu" / ".venv" / "bin" / "python"
OUT = ROOT / "var" / "stock_rasa" / "same"
TAUGHT_TEXTS = 100
TOLERANCE = 1e-6
UNTAUGHT_TEXTS = [
    "kk sy hilang bgmn urusnya",
    "kalau biayanya?",
    "brp lama jadi ktp ta'",
    "syarat ktp hilang dan jam buka kantor",
    "makasih pak, kalau biayanya?",
    "suami meninggal dan mau ganti kk",
    "mau urus kk sama akta lahir anak",
    "berapa harga cabai di pasar hari ini",
    "zxqv wkwk brrt",
    "KTP SAYA HILANGGG!!!",
    "k\u0000k hilang",
    "😀😀",
    "👍",
    "ktp",
    "مرحبا كيف",
    "jam buka? alamat?",
    "a" * 3000,
    "bisa diwakilkan ji ambil kk?",
    "tolong sambungkan ke petugas, mau tanya syarat ktp hilang",
    "...",
]
"""None begins with a slash or a blank: Rasa takes the first for a command and strips the second."""


def main() -> int:
    for program in (STOCK / "rasa", OURS):
        if not program.exists():
            project = program.relative_to(ROOT).parts[:-3]
            print(f"{program.relative_to(ROOT)} is missing: uv sync --locked --project {'/'.join(project)}")
            return 2
    texts = UNTAUGHT_TEXTS + taught_texts()
    stock = answers_of_stock(train_stock(), texts)
    subprocess.run([OURS, ROOT / "nlu" / "train.py", "--if-changed"], check=True)
    with our_server() as url:
        ours = ask(url, texts)
    different = [pair for pair in zip(texts, stock, ours, strict=True) if not same(pair[1], pair[2])]
    for text, theirs, own in different:
        print(f"different: {text[:60]!r}\n  stock {essence(theirs)}\n  ours  {essence(own)}")
    print(f"{len(texts) - len(different)} of {len(texts)} texts answered alike by stock Rasa and by nlu/server.py")
    return 1 if different else 0


def taught_texts() -> list[str]:
    lines = [
        line.strip()[2:].strip()
        for file in sorted((ROOT / "data" / "nlu").rglob("*.yml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("    - ") and not line.strip()[2:].strip().startswith("/")
    ]
    return lines[:: max(1, len(lines) // TAUGHT_TEXTS)][:TAUGHT_TEXTS]


def train_stock() -> Path:
    OUT.mkdir(parents=True, exist_ok=True)
    command = [STOCK / "rasa", "train", "nlu", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--nlu", "data/nlu", "--out", OUT, "--fixed-model-name", "model"]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True)
    return OUT / "model.tar.gz"


def answers_of_stock(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    script = ROOT / "bench" / "stock_rasa" / "answers.py"
    result = subprocess.run(
        [STOCK / "python", script, model],
        input=json.dumps(texts),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(result.stdout.splitlines()[-1])
    return answers


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(OUT / "cache"),
        "PYTHONPATH": str(ROOT),  # config.yml names our components as nlu.components.…
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def our_server() -> Iterator[str]:
    command = [OURS, ROOT / "nlu" / "server.py", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            first_line = server.stdout.readline()
            port = re.search(r"port (\d+)", first_line)
            if port is None:
                raise SystemExit("nlu/server.py did not start")
            yield f"http://127.0.0.1:{port.group(1)}"
        finally:
            server.terminate()


def ask(url: str, texts: list[str]) -> list[dict[str, Any]]:
    body = json.dumps({"texts": texts}).encode()
    with urllib.request.urlopen(f"{url}/model/parse_batch", body, timeout=20) as response:
        answers: list[dict[str, Any]] = json.load(response)
    return answers


def essence(answer: dict[str, Any]) -> tuple[str, float, list[str], list[tuple[str, str]]]:
    return (
        answer["intent"]["name"],
        answer["intent"]["confidence"],
        [entity["value"] for entity in answer["entities"]],
        [(further["text"], further["intent"]["name"]) for further in answer.get("also", [])],
    )


def same(stock: dict[str, Any], ours: dict[str, Any]) -> bool:
    (intent, confidence, *rest), (our_intent, our_confidence, *our_rest) = essence(stock), essence(ours)
    return intent == our_intent and rest == our_rest and abs(confidence - our_confidence) <= TOLERANCE


if __name__ == "__main__":
    sys.exit(main())
