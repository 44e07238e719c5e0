"""``make pictures``, or a part of them: ``make pictures ARGS="desk supervisor"``."""

from __future__ import annotations

import argparse

from tools.pictures import accounts, desk, simulator, supervisor
from tools.pictures.album import Album
from tools.pictures.stage import stage

PARTS = {"simulator": simulator.take, "desk": desk.take, "supervisor": supervisor.take, "accounts": accounts.take}


def main() -> None:
    """Write the pictures into ``docs/pictures``, and the page that shows them all."""
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all unless told otherwise")
    wanted = parser.parse_args().parts
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    album = Album()
    for name in wanted or PARTS:
        with stage() as the_stage:
            PARTS[name](the_stage, album)
    album.bind()


if __name__ == "__main__":
    main()
