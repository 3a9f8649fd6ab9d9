"""What stands before a number: the tên loại, the name, and date or issuer put before “số”."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from drafting.citations.agencies import AGENCY, issuer_end, provinces_in
from drafting.citations.citation import Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.dates import DAY
from drafting.citations.details import Details, read_parts, said
from drafting.citations.kinds import ANY_KIND, KINDS, LAW_KINDS, canonical
from drafting.citations.law_names import name_end
from drafting.designation import TYPE_OF_SYMBOL
from drafting.text import fold

# How far before a number its tên loại may stand: “Luật Xuất cảnh, nhập cảnh của công dân … số …”.
REACH = 160
_TYPES = {*TYPE_OF_SYMBOL.values(), *LAW_KINDS}
_KIND = re.compile(ANY_KIND)
_PLAIN = {fold(kind): kind for kind in KINDS.values()}
_MISSPELT = re.compile(rf"(?<!\w)(?:{'|'.join(one for one in _PLAIN if ' ' in one)}) ?$")
_SO = re.compile(r"(?<!\w)(?i:số)(?: hiệu)?(?:,? ký hiệu)?:? ?$")
# “QC 19-QC/TU”; QĐ is both Quyết định and Quy định.
_CODE = re.compile(r"(?<!\w)(?P<code>NĐ|TT|NQ|QC|KL|CT|KH|HD|BC|TTLT) $")
_LINK = re.compile(r"(?: ?[,:]| -)? ?\(?(?:có |mang |ghi )?")
# “Quyết định do UBND tỉnh ban hành số …”
_DONE = re.compile(r"(?: (?:ký )?ban hành)?,? ?\(?(?:có |mang )?")
_SENTENCE = re.compile(rf"[;:{BREAK}]|\.(?!\d)")
# “Luật Đầu tư (Luật số …)”
_OF_LAW = re.compile(r"(?:,| -)? \(?")
_SPLIT = re.compile(
    r"(?=,? ?(?:của|do|được|đã|vừa|ngày|năm|tháng|ký|ban hành|thông qua|- )(?!\w)|,? ?\(|,? tỉnh )",
    re.IGNORECASE,
)
_SUSPECT = re.compile(
    r"(?<!\w)(?:ngày ?\d|ngày (?:mồng|mùng)|tháng \d|năm (?:19|20)\d|của \w|do [A-ZĐ])"
    r"|\d/\d{1,2}/\d",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?:pháp|kỷ|quy|hình) $", re.IGNORECASE)
_JOINING = re.compile(r"(?<!\w)(?:tại|theo|và|gửi|trình|kèm|của|với|cho|này|trước|sau)(?!\w)")
_NAME_WORDS = 24
_AROUND = ' “”"'
_MADE = re.compile(r" (?:đã |vừa )?(?:(?:ký )?ban hành|thông qua) $")
_PLACE = re.compile(r"(?:tỉnh|thành phố|TP)(?!\w)", re.IGNORECASE)
_AFTER_AGENCY = re.compile(r" ?[:,-]? $")
_DATED = re.compile(rf"ngày (?P<day>{DAY}),? $", re.IGNORECASE)
_BEFORE = 120


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the words before a number begin, and what they say.

    `unread` are words between tên loại and “số” that look like a date or an issuer.
    """

    start: int
    kind: str = ""
    name: Said | None = None
    date: Said | None = None
    issuer: Said | None = None
    unread: Said | None = None
    beside: tuple[Said, ...] = ()


class Openings:
    """The openings of one text; every tên loại in it is looked for once."""

    def __init__(self, clean: Clean) -> None:
        self.clean = clean
        self.kinds = [(*found.span(), found[0]) for found in _KIND.finditer(clean.text)]
        self._starts = [start for start, _, _ in self.kinds]

    def read(self, low: int, at: int) -> Opening:
        """The words before the number at `at`, read back to `low` at most."""
        text = self.clean.text
        low = max(low, at - REACH, text.rfind(BREAK, low, at) + 1)
        so = _SO.search(text, low, at)
        stop = so.start() if so else at
        near = self._before(low, stop)
        law = self._law(near, stop)
        if law is not None:
            return law
        if near:
            start, end, word = near[-1]
            link = _LINK.match(text, end, stop)
            if link and link.end() == stop and stop > end:
                return _after_maker(self.clean, Opening(start, canonical(word)))
            if so and not _MISSPELT.search(fold(text[end:stop])):
                return self._apart(near[-1], so.start())
            if not so:
                return self._without_so(near[-1], at)
        if not so:
            code = _CODE.search(text, low, stop)
            return Opening(code.start(), TYPE_OF_SYMBOL[code["code"]]) if code else Opening(stop)
        misspelt = _MISSPELT.search(fold(text[low:stop]))
        if misspelt:  # “Nghị đinh số …”
            return Opening(low + misspelt.start(), canonical(_PLAIN[misspelt[0].strip()]))
        return Opening(stop, unread=self._suspect(max(low, stop - 80), stop))

    def _before(self, low: int, stop: int) -> list[tuple[int, int, str]]:
        at = bisect_right(self._starts, stop)
        near = []
        while at and self._starts[at - 1] >= low:
            at -= 1
            if self.kinds[at][1] <= stop:
                near.append(self.kinds[at])
        return near[::-1]

    def _law(self, near: list[tuple[int, int, str]], stop: int) -> Opening | None:
        """A law with another tên loại in its name: “Luật Ban hành văn bản … số 64/2025/QH15”."""
        if not near:
            return None
        text, (last, last_end, word) = self.clean.text, near[-1]
        repeats = word in LAW_KINDS and bool(_LINK.fullmatch(text, last_end, stop))
        if not repeats and word[0].isupper() and word in _TYPES:
            return None
        for start, end, called in near[:-1]:
            if canonical(called) not in LAW_KINDS or _SENTENCE.search(text, end, stop):
                continue
            ends = name_end(text, canonical(called), end) if called[0].isupper() else 0
            joint = _OF_LAW.match(text, ends, last) if repeats and ends else None
            if joint and joint.end() == last:
                return self._opened(start, canonical(called), end, ends, Details(stop))
            if ends >= last_end or (called[0].islower() and self._is_one(start, end, last)):
                return self._apart((start, end, called), stop)
        return None

    def _is_one(self, start: int, end: int, last: int) -> bool:
        """Whether a lower-case “luật …” goes on into the next tên loại, as its name."""
        text = self.clean.text
        compound = _COMPOUND.search(text, max(0, start - 6), start)
        return not compound and not _JOINING.search(text, end, last) and "," not in text[end:last]

    def _without_so(self, kind: tuple[int, int, str], at: int) -> Opening:
        """A tên loại, a date or an issuer, and the number with no “số” before it."""
        start, end, word = kind
        called = name_end(self.clean.text, canonical(word), end) if word in LAW_KINDS else 0
        if called and not self.clean.text[called:at].strip():
            return self._opened(start, word, end, called, Details(at))
        parts = read_parts(self.clean, end)
        if parts.end > end and self.clean.text[parts.end : at].strip(" ,") == "":
            return _after_maker(
                self.clean, Opening(start, canonical(word), None, parts.date, parts.issuer)
            )
        return Opening(at)

    def _apart(self, kind: tuple[int, int, str], stop: int) -> Opening:
        """A tên loại with words between it and “số”: a name, a date, an issuer, in any order."""
        text = self.clean.text
        start, end, word = kind
        if _SENTENCE.search(text, end, stop):
            return Opening(stop, unread=self._suspect(max(end, stop - 80), stop))
        called, is_law = canonical(word), canonical(word) in LAW_KINDS
        for split in (end, *(found.start() for found in _SPLIT.finditer(text, end + 1, stop))):
            parts = read_parts(self.clean, split)
            done = _DONE.match(text, parts.end, stop) if split < parts.end <= stop else None
            named = split == end or is_law or _is_name(word, text[end:split])
            if done and named and done.end() >= stop:
                return self._opened(start, called, end, split, parts)
        whole = text[end:stop].rstrip(" ,(-")
        if is_law or _is_name(word, whole):
            return self._opened(start, called, end, end + len(whole), Details(stop))
        return Opening(stop, unread=self._suspect(end, stop))

    def _opened(self, start: int, kind: str, low: int, high: int, parts: Details) -> Opening:
        words = self.clean.text[low:high]
        begin, name = low + len(words) - len(words.lstrip(_AROUND)), words.strip(_AROUND)
        called = said(self.clean, begin, begin + len(name)) if name else None
        opening = Opening(start, kind, called, parts.date, parts.issuer)
        return _after_maker(self.clean, opening)

    def _suspect(self, low: int, stop: int) -> Said | None:
        """Words right before “số” that look like a date or an issuer."""
        text = self.clean.text
        for stopped in _SENTENCE.finditer(text, low, stop):
            low = stopped.end()
        found = _SUSPECT.search(text, low, stop)
        if found is None and provinces_in(text[low:stop]):
            found = AGENCY.search(text, low, stop)
        if found is None:
            return None
        end = found.start() + len(text[found.start() : stop].rstrip(" ,(-"))
        return said(self.clean, found.start(), end)


def _is_name(kind: str, between: str) -> bool:
    """Whether words between tên loại and “số” belong to the paper (“Quy chế làm việc số …”)."""
    if not kind[0].isupper() or _JOINING.search(between) or _SUSPECT.search(between):
        return False
    return len(between.split()) <= _NAME_WORDS and not re.search(r"[,()]", between)


def _after_maker(clean: Clean, opening: Opening) -> Opening:
    """`opening` with the agency named right before it: “Ngày …, UBND tỉnh ban hành Quyết định”."""
    text, low = clean.text, max(0, opening.start - _BEFORE)
    made = _MADE.search(text, low, opening.start)
    after = made or _AFTER_AGENCY.search(text, low, opening.start)
    if after is None or opening.issuer is not None:
        return opening
    for agency in AGENCY.finditer(text, low, after.start()):
        if _PLACE.match(text, agency.start()):
            continue  # “trên địa bàn tỉnh Lạng Sơn ban hành …”
        if issuer_end(text, agency.start()) == after.start():
            maker = said(clean, agency.start(), after.start())
            day = _DATED.search(text, low, agency.start()) if made and not opening.date else None
            return Opening(
                opening.start, opening.kind, opening.name,
                said(clean, *day.span("day")) if day else opening.date,
                maker if made else None, opening.unread, () if made else (maker,),
            )  # fmt: skip
    return opening
