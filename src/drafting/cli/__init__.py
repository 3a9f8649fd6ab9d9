"""The command `drafting`: a thin face of `office`. One module a group of verbs.

Exit codes: 0 fine, 1 findings of severity error or no answer, 2 bad use or unreadable input,
3 a fault of the program.
"""

from drafting.cli.command import main

__all__ = ["main"]
