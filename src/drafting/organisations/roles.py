"""`Role`: whether a sentence quotes a name, tells of its past, or asks something of it today."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from drafting.organisations import cues
from drafting.organisations.surroundings import Around
from drafting.organisations.times import days_of


class Role(StrEnum):
    """What a text does with a name."""

    QUOTED = "trích dẫn"
    HISTORICAL = "chuyện cũ"
    ADDRESSED = "giao việc, nơi gửi"
    UNCLEAR = "chưa rõ"


# How far from the name a duty may stand.
_NEAR = 160


def role_of(around: Around, since: date) -> Role:
    """The role of a name in its sentence; `since` is the day on which its body changed.

    Asking outweighs telling: “Đề nghị UBND các huyện báo cáo kết quả năm 2024” asks.
    """
    before, after = around.before.lower(), around.after.lower()
    if around.cited or around.quoted or _in_title(around, since):
        return Role.QUOTED
    if cues.OLD_AFTER.match(after) or cues.OLD_BEFORE.search(before):
        return Role.HISTORICAL
    clause, rest = before.rpartition(";")[2], re.split("[;.]", after)[0]
    days = list(days_of(around.clause)) or list(days_of(around.sentence))
    earlier, later = any(day < since for day in days), any(day >= since for day in days)
    if around.block:
        told = earlier and not later and _is_told(clause, rest)
        return Role.HISTORICAL if told else Role.ADDRESSED
    if _is_asked(clause, rest):
        return Role.ADDRESSED
    telling = (cues.CHANGE, cues.LONG_AGO)
    if any(cue.search(before) or cue.search(after) for cue in telling):
        return Role.HISTORICAL
    if earlier and not later:
        return Role.HISTORICAL
    if _is_done(clause, rest):
        return Role.UNCLEAR if later else Role.HISTORICAL
    return _by_duty(around, clause, rest, since, later=later)


def _by_duty(around: Around, clause: str, rest: str, since: date, *, later: bool) -> Role:
    """The role where nothing asks and nothing is told as past."""
    if not later and _all_before(around.heading, since) and cues.RESULTS.search(
        around.heading.lower()
    ):  # fmt: skip
        return Role.HISTORICAL
    lead = around.lead.lower()
    if lead and _is_asked(lead, ""):
        return Role.ADDRESSED
    if lead and (_is_done(lead, "") or _all_before(lead, since)):
        return Role.HISTORICAL
    if cues.ALONE_BEFORE.fullmatch(around.before.lower()) and cues.ALONE_AFTER.match(around.after):
        return Role.ADDRESSED
    if around.line.isupper() and len(around.line) < _NEAR:
        return Role.ADDRESSED
    if cues.RIGHT_BEFORE.search(clause) or cues.DUTY_BEFORE.search(clause[-_NEAR:]):
        return Role.ADDRESSED
    if cues.DUTY_AFTER.search(rest[:_NEAR]):
        return Role.ADDRESSED
    return Role.UNCLEAR


def _is_told(clause: str, rest: str) -> bool:
    """Whether a line under Kính gửi is a sentence of its own: what the name has done."""
    return re.match(r" (?:đã|từng)\b", rest) is not None and not _is_asked(clause, rest)


def _is_asked(clause: str, rest: str) -> bool:
    """Whether the clause asks something of the name, and has not asked it already."""
    asking = [one.start() for one in cues.ASKING.finditer(clause)]
    asked = [one.end() for one in cues.ASKED.finditer(clause)]
    if asking and not (asked and asked[-1] >= asking[-1]):
        return True
    duty = cues.ASKED_AFTER.search(rest)
    return duty is not None and not re.search(r"\bđã\b", rest[: duty.start()])


def _is_done(clause: str, rest: str) -> bool:
    """Whether the clause tells of something done: its last word of time says so."""
    done = [one.start() for one in cues.DONE.finditer(clause)]
    still = [one.start() for one in cues.STILL.finditer(clause)]
    if done and (not still or still[-1] < done[-1] or cues.ASKED.search(clause)):
        return True
    return cues.DONE.search(rest[:_NEAR]) is not None


def _in_title(around: Around, since: date) -> bool:
    """Whether the name stands in the title of a paper without number that is not to be made."""
    title = cues.TITLE.search(around.before)
    if any(day >= since for day in days_of(around.sentence)):
        return False
    return title is not None and not cues.MAKING.search(around.before[: title.start()].lower())


def _all_before(text: str, since: date) -> bool:
    """Whether a text names days, all of them before the change."""
    days = list(days_of(text))
    return bool(days) and all(day < since for day in days)
