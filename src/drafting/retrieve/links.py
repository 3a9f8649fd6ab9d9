"""What a provision refers to, and what refers to it as its exception."""

from __future__ import annotations

import re

from drafting.citations import Catalogue, linked_eids
from drafting.library import Stored
from drafting.records import Record
from drafting.relations.overtaken import referred_documents

# "… trừ trường hợp quy định tại khoản 3" names its exception itself; these except from elsewhere.
_EXCEPTS = re.compile(r"(?i)\bkhông (?:áp dụng|phải (?:thực hiện|tuân theo|theo))\b")


class Links:
    """Remembers both directions: finding them costs more than ranking."""

    def __init__(self) -> None:
        self._outgoing: dict[tuple[str, str], tuple[str, ...]] = {}
        self._exceptions: dict[str, dict[str, list[str]]] = {}
        self._referred: dict[tuple[str, str], tuple[Record, ...]] = {}

    def outgoing(self, stored: Stored, eid: str) -> tuple[str, ...]:
        """The provisions of the same document that `eid` refers to, in order."""
        key = (stored.record.file, eid)
        if key not in self._outgoing:
            self._outgoing[key] = linked_eids(stored.document, eid)
        return self._outgoing[key]

    def referred(self, stored: Stored, eid: str, catalogue: Catalogue) -> tuple[Record, ...]:
        """The other documents that `eid` refers to."""
        key = (stored.record.file, eid)
        if key not in self._referred:
            self._referred[key] = referred_documents(stored, eid, catalogue)
        return self._referred[key]

    def exceptions(self, stored: Stored, eid: str) -> tuple[str, ...]:
        """The provisions that except something from `eid`, or from what it stands in."""
        file = stored.record.file
        if file not in self._exceptions:
            self._exceptions[file] = self._excepting(stored)
        targets = self._exceptions[file]
        parts = eid.split("__")
        above = ["__".join(parts[:end]) for end in range(len(parts), 0, -1)]
        found = dict.fromkeys(one for target in above for one in targets.get(target, ()))
        return tuple(one for one in found if one not in above)

    def _excepting(self, stored: Stored) -> dict[str, list[str]]:
        """For each provision those that except from it."""
        found: dict[str, list[str]] = {}
        for provision in stored.document.provisions:
            if _EXCEPTS.search(provision.text):
                for target in self.outgoing(stored, provision.eid):
                    found.setdefault(target, []).append(provision.eid)
        return found
