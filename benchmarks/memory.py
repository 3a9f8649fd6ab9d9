"""Memory of this process, in MB, on Linux, macOS and Windows."""

from __future__ import annotations

import sys


def peak_mb() -> float:
    """The most memory this process held so far; 0.0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3), 1)


def resident_mb() -> float:
    """The memory this process holds now (mapped pages it touched included); 0.0 if not told."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - no real file
            line = next(line for line in lines if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1e3, 1)
    except (OSError, StopIteration):
        return 0.0
