"""Citations typed without accents: “Quyet dinh so 50/2025/QD-UBND ngay 30/6/2025”.

Only sentences that name a paper or an article in such words are read so: “khoan”, “nam”, “so” and
“tinh” are words of their own elsewhere.
"""

from __future__ import annotations

import re

from drafting.citations.clean import BREAK
from drafting.citations.kinds import KINDS, SUBJECT_VERBS
from drafting.text import fold

_WORDS = (
    "ủy ban nhân dân", "hội đồng nhân dân", "chính phủ", "thủ tướng", "chủ tịch", "bộ chính trị",
    "ban bí thư", "ban thường vụ", "ban chấp hành", "đảng bộ", "tỉnh ủy", "quốc hội", "bộ trưởng",
    "bộ ngoại giao", "sở ngoại vụ", "trung ương", "thành phố", "căn cứ", "về việc", "kèm theo",
    "gạch đầu dòng", "đoạn", "câu", "thứ", "số", "ngày", "tháng", "năm", "của", "tỉnh", "huyện",
    "xã", "tại", "về", "được", "đã", "ký", "khoản", "điều", "điểm", "tiết", "chương", "mục",
    "phụ lục", "mẫu", "các", "và", "đến", "này", "khóa", "luật", "bộ luật", "công tác văn thư",
)  # fmt: skip


def _plain_to_accented() -> dict[str, str]:
    names = [*_WORDS, *SUBJECT_VERBS, *KINDS]
    return {fold(name): name for name in names if fold(name) != name}


_ACCENTED = _plain_to_accented()
_PAPERS = sorted((fold(kind) for kind in KINDS if " " in kind and fold(kind) != kind), key=len)
_CLUE = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_PAPERS[::-1])})(?!\w)|(?:bo )?luat (?=\w)|dieu (?=\d)"
    r"|(?:khoan|diem) [\w.]{1,4},? (?:cua |tai )?(?:điều|khoản|khoan) \w"
    r"|ngay \d{1,2}(?:[/.-]\d| thang \d)|thang \d{1,2}(?:/| nam )\d"
    r"|cua (?:ubnd|hdnd|uy ban|tinh uy|tinh|chinh phu|thu tuong|quoc hoi|bo chinh tri)(?!\w))",
    re.IGNORECASE,
)
_ANY = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_ACCENTED, key=len, reverse=True))})(?!\w)", re.IGNORECASE
)
_SMALL_SYMBOL = re.compile(
    r"(?<=s[oố] )\d{1,5}/(?:(?:19|20)\d\d/)?[a-zđ]{2,5}-[a-zđ]{2,8}(?![\w-])"
)
_STOP = re.compile(rf"[;{BREAK}]")
_REACH = 400


def with_accents(text: str) -> str:
    """`text`, of the same length, with the accents of words that make citations put back.

    >>> with_accents("theo khoan 2 Dieu 6 Quy che so 19-QC/TU")
    'theo khoản 2 Điều 6 Quy chế số 19-QC/TU'
    >>> with_accents("tai khoan nay, thoi diem nay, dieu kien, khoan 2 mũi")
    'tai khoan nay, thoi diem nay, dieu kien, khoan 2 mũi'
    >>> with_accents("can cu nghi dinh so 150/2025/nd-cp")
    'căn cứ nghị định số 150/2025/ND-CP'
    """
    text = _SMALL_SYMBOL.sub(lambda found: found[0].upper(), text)
    parts: list[str] = []
    done = 0
    for clue in _CLUE.finditer(text):
        if clue.start() < done:
            continue
        low = max(done, clue.start() - _REACH)
        low = max((stop.end() for stop in _STOP.finditer(text, low, clue.start())), default=low)
        end = _STOP.search(text, clue.end(), clue.end() + _REACH)
        high = end.start() if end else min(len(text), clue.end() + _REACH)
        parts += [text[done:low], _ANY.sub(_accented, text[low:high])]
        done = high
    return "".join([*parts, text[done:]]) if parts else text


def _accented(word: re.Match[str]) -> str:
    """The word with its accents, each letter in the case it was typed in."""
    accented = _ACCENTED[word[0].lower()]
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(word[0], accented, strict=True)
    )
