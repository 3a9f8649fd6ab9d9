"""Số, ký hiệu of a document: parse, normalise, compare.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3 ("/" between số and ký hiệu, "-" inside, no
spaces) and Phụ lục III (27 type symbols); Party papers write "19-QC/TU".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.text import fold, nfc

# Type symbols and the names they stand for. NĐ 30/2020, Phụ lục III, plus the symbols of legal
# normative documents and of Party papers that the corpus itself carries.
TYPE_OF_SYMBOL = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định",
    "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTR": "Chương trình",
    "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo",
    "BB": "Biên bản", "TTR": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu", "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển",
    "PB": "Phiếu báo", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch",
    "KL": "Kết luận", "L": "Lệnh", "PL": "Pháp lệnh",
}  # fmt: skip
# Party papers use QĐ for Quy định as well (domain/README, Party side).
_ALSO = {"QĐ": {"Quyết định", "Quy định"}, "CTR": {"Chương trình", "Chương trình làm việc"}}

_LETTERS = "A-Za-zÀ-ỹĐđ"
# A hyphen with spaces ("400/QĐ - UBND") only before an acronym, never before a plain word.
# Spaces on both sides only before the first organ: after it a new thought begins ("… - NGÀY …").
_ACRONYM = rf"(?=[{_LETTERS}]*[A-ZĐ][{_LETTERS}]*[A-ZĐ])"
_JOIN = rf"(?:[-–]|(?:\s[-–]|[-–]\s){_ACRONYM})"
_PART = rf"[{_LETTERS}][{_LETTERS}\d]*"
_ISSUER = (
    rf"[{_LETTERS}][{_LETTERS}\d&]*(?:(?:{_JOIN}|\s[-–]\s{_ACRONYM}){_PART}(?:{_JOIN}{_PART})*)?"
)
# 50/2025/QĐ-UBND · 72/2025/QH15 · 103/BC-SNgV · 400/QĐ - UBND
_STATE = rf"(?P<n1>\d{{1,5}}[a-z]?)\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<sym1>{_ISSUER})"
# 19-QC/TU · 272-QĐ/TW · 05-HD/BĐNTW
_PARTY = (
    rf"(?P<n2>\d{{1,5}})\s?[-–]\s?(?P<sym2>[{_LETTERS}]{{1,5}})\s?/\s?"
    rf"(?P<org2>[{_LETTERS}][{_LETTERS}\d]*)"
)
PATTERN = re.compile(rf"(?<![\w/])(?:{_PARTY}|{_STATE})(?![\w/])")


@dataclass(frozen=True, slots=True)
class Designation:
    """A document's số, ký hiệu in normal form.

    `number` keeps its digits as written without leading zeros lost ("05"); `year` is None when
    the ký hiệu carries none; `symbol` is the part after the number ("QĐ-UBND", "QH15"; for a
    Party paper type and organ, "QC/TU"); `party` tells the two styles apart.

    >>> str(Designation.parse("400/QĐ - UBND")), str(Designation.parse("05-HD/BĐNTW"))
    ('400/QĐ-UBND', '05-HD/BĐNTW')
    >>> Designation.parse("72/2025/QH15").year
    2025
    """

    number: str
    year: int | None
    symbol: str
    party: bool = False

    @classmethod
    def parse(cls, text: str) -> Designation | None:
        """The first designation in `text`, or None."""
        match = PATTERN.search(nfc(text))
        return cls.from_match(match) if match else None

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Designation:
        """The designation of a `PATTERN` match."""
        if match["n2"]:
            return cls(match["n2"], None, f"{match['sym2']}/{match['org2']}", party=True)
        symbol = re.sub(r"\s?[-–]\s?", "-", match["sym1"])
        year = int(match["year"]) if match["year"] else None
        return cls(match["n1"], year, symbol)

    def __str__(self) -> str:
        if self.party:
            return f"{self.number}-{self.symbol}"
        middle = f"/{self.year}/" if self.year else "/"
        return f"{self.number}{middle}{self.symbol}"

    @property
    def key(self) -> str:
        """What two designations are compared by: case, accents of symbols and leading zeros aside.

        >>> Designation.parse("38/Ctr-UBND").key == Designation.parse("38/CTr-UBND").key
        True
        """
        number = self.number.lstrip("0") or "0"
        symbol = self.symbol.upper()
        year = f"/{self.year}" if self.year else ""
        return f"{number}{year}{'-' if self.party else '/'}{symbol}"

    @property
    def loose_key(self) -> str:
        """`key` folded, for what an officer types: "qd 50/2025" has no accents at all."""
        return fold(self.key)

    @property
    def type_symbol(self) -> str:
        """The symbol of the document type in upper case, "" when the ký hiệu shows none.

        >>> numbers = ("45/TTr-SNgV", "19-QC/TU", "1232/UBND-THNC")
        >>> [Designation.parse(number).type_symbol for number in numbers]
        ['TTR', 'QC', '']
        """
        head = re.split(r"[-/]", self.symbol)[0].upper()
        return head if head in TYPE_OF_SYMBOL else ""

    def is_near(self, other: Designation) -> bool:
        """Whether `other` has this number, but another year or another symbol: not both.

        Party papers carry no year; there the type must agree: 05-HD/BĐNTW is near 05-HD/VPTW.

        >>> decision = Designation.parse("50/2025/QĐ-UBND")
        >>> others = ("50/2024/QĐ-UBND", "50/2025/NQ-HĐND", "50/2024/NQ-HĐND", "51/2025/QĐ-UBND")
        >>> [decision.is_near(Designation.parse(other)) for other in others]
        [True, True, False, False]
        """
        if self.key == other.key or self.number.lstrip("0") != other.number.lstrip("0"):
            return False
        same_symbol = self.symbol.upper() == other.symbol.upper()
        same_year = self.year is not None and self.year == other.year
        same_type = self.party and other.party and self.type_symbol == other.type_symbol
        return same_symbol or same_year or same_type

    def fits_type(self, kind: str) -> bool | None:
        """Whether a document called `kind` may carry this symbol; None when that cannot be told.

        >>> Designation.parse("66/NQ-CP").fits_type("Nghị định")
        False
        >>> Designation.parse("80-QĐ/TW").fits_type("Quy định")
        True
        """
        symbol = self.type_symbol
        if not symbol or not kind:
            return None
        names = _ALSO.get(symbol, {TYPE_OF_SYMBOL[symbol]})
        return any(fold(kind) == fold(name) for name in names)


def find_all(text: str) -> list[tuple[Designation, tuple[int, int]]]:
    """Every designation in NFC `text` with its span.

    >>> [str(d) for d, _ in find_all("Quyết định số 20/2022/QĐ-UBND, Quy chế số 15-QC/TU")]
    ['20/2022/QĐ-UBND', '15-QC/TU']
    """
    return [(Designation.from_match(m), m.span()) for m in PATTERN.finditer(text)]
