"""Runs inside the stock environment: loads a model as a stock Rasa does, and answers texts.

bench/stock_rasa/.venv/bin/python bench/stock_rasa/answers.py MODEL < texts.json > answers.json
"""

from __future__ import annotations

import asyncio
import json
import sys


async def read(model: str, texts: list[str]) -> list[dict[str, object]]:
    from rasa.core.agent import load_agent

    agent = await load_agent(model)
    return [await agent.parse_message(text) for text in texts]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(read(sys.argv[1], json.load(sys.stdin)))))
