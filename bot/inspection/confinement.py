"""What the inspection process may not do, set before it sees its first file; Linux only, elsewhere as far as it goes.

A file that takes the process over finds: no network, no other program to start, no file to write, a bound of memory and
of time, and an environment without secrets (the gateway starts it with none).
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
from contextlib import suppress

MEMORY = 430_000_000
"""Bytes the process may have of its own (RLIMIT_DATA: heap, stacks, private mappings). It has 230 MB with its models
and needs 400 MB for the largest photo; what a bomb asks for at once does not fit."""

ADDRESSES = 3_000_000_000
"""Bytes of address space: libraries are mapped and models reserve what is never touched, so this bounds no memory,
only what is no file of ours."""

CPU_SECONDS = 25
"""For one file; an ordinary one takes 3. Time of the processor, not of the clock, since on a machine that is busy
answering people the same photo takes five times as long and is no worse for it."""

OPEN_FILES = 64
NICE = 5  # people who write to the office wait less than a photo does
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, DENY = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # classic BPF: load a word, jump when equal, return
ARCHITECTURES = {
    # (audit number, calls: socket, socketpair, connect, bind, execve, execveat, ptrace, fork, vfork)
    "x86_64": (0xC000003E, (41, 53, 42, 49, 59, 322, 101, 57, 58)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 221, 281, 117)),
}


def confine() -> None:
    with suppress(OSError):
        os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    forbid_calls()


def allow_cpu(seconds: int = CPU_SECONDS) -> None:
    """Give the next file its seconds: the limit counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def forbid_calls() -> bool:
    """Have the kernel refuse network and new programs, for good (seccomp); whether it does."""
    known = ARCHITECTURES.get(platform.machine())
    if known is None or platform.system() != "Linux":
        return False
    audit, calls = known
    program = _instruction(LOAD, 4) + _instruction(EQUAL, audit, 1, 0) + _instruction(RETURN, DENY)
    program += _instruction(LOAD, 0)
    for left, call in zip(range(len(calls), 0, -1), calls, strict=True):
        program += _instruction(EQUAL, call, left, 0)
    program += _instruction(RETURN, ALLOW) + _instruction(RETURN, DENY)
    buffer = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0) == 0)


def _instruction(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    return struct.pack("HBBI", code, true, false, value)
