"""What processes use, read from /proc: CPU seconds and memory, of a process and its children."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all its descendants, itself first."""
    children: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            children.setdefault(int(_fields(stat)[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its living descendants."""
    return sum(_cpu_of(one) for one in family(pid))


def _cpu_of(pid: int) -> float:
    fields = _fields(PROC / str(pid) / "stat")
    return (int(fields[11]) + int(fields[12])) / TICKS


def _fields(stat: Path) -> list[str]:
    """From the state on: what comes before may hold spaces (proc_pid_stat(5))."""
    return stat.read_text().rpartition(")")[2].split()


def memory_mb(*pids: int) -> dict[str, float]:
    """PSS and RSS in MB (10^6 bytes), of these processes alone. PSS shares out what several have in common, so it
    may be summed; a sum of RSS counts that several times."""
    total = {"pss": 0.0, "rss": 0.0}
    for pid in pids:
        with suppress(OSError):  # a server's connection that has just ended
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
            sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines[1:]}
            total = {"pss": total["pss"] + sizes["Pss"], "rss": total["rss"] + sizes["Rss"]}
    return {kind: round(size, 1) for kind, size in total.items()}


def peak_mb(pid: int) -> float:
    """MB that were resident at most; 0 of a process that has ended."""
    with suppress(OSError, IndexError):
        status = (PROC / str(pid) / "status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
    return 0.0


def resident_mb(pid: int) -> float:
    """MB that are resident now; 0 of a process that has ended."""
    with suppress(OSError):
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def busy_seconds() -> float:
    """CPU seconds that all processes of this machine used since it started; also what its host took away."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(
        int, (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / TICKS


def machine() -> dict[str, str | int]:
    lines = (PROC / "cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": model,
        "python": platform.python_version(),
        "kernel": platform.release(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**6,
    }
