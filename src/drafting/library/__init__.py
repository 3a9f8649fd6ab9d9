"""The documents of the office: their texts, provisions and records, in one rebuildable file.

    Library.open(path)                      reads: `stored`, `records`, `document`
    drafting.library.sync.sync(…)           makes it agree with a folder and its corpus.toml
    drafting.library.verify.verify(…)       proves every stored span against its text and file

`sync` is imported where it is called: it needs pydantic, a question does not.
"""

from drafting.library.rows import Stored
from drafting.library.store import Library

__all__ = ["Library", "Stored"]
