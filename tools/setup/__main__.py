"""``python3 -m tools.setup <command>``. An old Python must parse this file too, to say that it is too old."""

import sys


def main():  # type: () -> int
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place that meets an older Python
        sys.stderr.write(
            "Sapa needs Python 3.11 or newer, and this one is %d.%d: install a newer one, or name it, "  # noqa: UP031
            "for example: make run PYTHON=python3.12\n" % sys.version_info[:2]
        )
        return 1
    from tools.setup.commands import main as commands_main

    return commands_main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
