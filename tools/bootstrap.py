# -*- coding: utf-8 -*-
"""The door: `python3 tools/bootstrap.py app|demo|test|…` (Windows: `py tools\\bootstrap.py …`).

Refuses a Python that will not do with a sentence, then hands over to `commands`. Only this file
must be readable by old Pythons, so it is written for 2.7: type comments, no f-string, no new import
before the refusal. It, commands, install, checkout and troubles use the standard library alone.
"""

from __future__ import unicode_literals

import sys


def refusal(version, bits=64):
    # type: (tuple[int, ...], int) -> str
    """The sentence that refuses this Python, or "" when it will do.

    >>> print(refusal((3, 8, 10)))
    Chương trình cần Python 3.11 trở lên, máy này đang chạy Python 3.8. Hãy cài bản mới (64-bit) \
từ python.org rồi chạy lại.
    >>> refusal((3, 11, 7))
    ''
    """
    if version[:2] < (3, 11):
        needed, running = "Python 3.11 trở lên", "Python %d.%d" % version[:2]
    elif bits < 64:  # there is no PyTorch for it
        needed, running = "Python 64-bit", "bản 32-bit"
    else:
        return ""
    return "Chương trình cần %s, máy này đang chạy %s. %s" % (
        needed,
        running,
        "Hãy cài bản mới (64-bit) từ python.org rồi chạy lại.",
    )


def main(argv):
    # type: (list[str]) -> int
    """Do one sub-command and give its exit code; 1 with a sentence when this Python will not do."""
    sentence = refusal(tuple(sys.version_info[:3]), 64 if sys.maxsize > 2**32 else 32)
    if sentence:
        stream = getattr(sys.stderr, "buffer", sys.stderr)  # bytes: old consoles know no Vietnamese
        stream.write(sentence.encode("utf-8") + b"\n")  # type: ignore[arg-type]
        return 1
    import commands

    return commands.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
