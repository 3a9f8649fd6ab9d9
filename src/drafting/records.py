"""`Record`: what is known of a document besides its text, and whether it is in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from enum import StrEnum

from drafting.designation import Designation

# The role of a paper of the case at hand: thư mời, kế hoạch đã duyệt.
CASE_PAPER = "case"


# Kinds called by their name, not by their number.
_NAMED_KINDS = {"Luật", "Bộ luật", "Pháp lệnh"}


class State(StrEnum):
    """The five states of validity, the same everywhere (DESIGN.md)."""

    NOT_YET = "chưa có hiệu lực"
    IN_FORCE = "còn hiệu lực"
    ENDED = "hết hiệu lực"
    PARTLY_ENDED = "hết hiệu lực một phần"
    UNCLEAR = "chưa rõ"


@dataclass(frozen=True, slots=True)
class Status:
    """Validity on a day: the state, why, and the document that took over ("" when none is known).

    `verified` is False when the answer rests on something nobody has read in a document yet; the
    program then says “chưa kiểm chứng”.
    """

    state: State
    why: str = ""
    successor: str = ""
    verified: bool = True

    @property
    def holds(self) -> bool:
        """Whether the document is in force that day, wholly or in part.

        >>> Status(State.PARTLY_ENDED).holds, Status(State.UNCLEAR).holds
        (True, False)
        """
        return self.state in {State.IN_FORCE, State.PARTLY_ENDED}

    def sentence(self) -> str:
        """State and reason in one line.

        >>> Status(State.ENDED, "thay thế từ 01/7/2025", "50/2025/QĐ-UBND", False).sentence()
        'hết hiệu lực: thay thế từ 01/7/2025 (văn bản thay thế: 50/2025/QĐ-UBND; chưa kiểm chứng)'
        """
        asides = [f"văn bản thay thế: {self.successor}"] if self.successor else []
        if not self.verified:
            asides.append("chưa kiểm chứng")
        tail = f" ({'; '.join(asides)})" if asides else ""
        return f"{self.state}{': ' + self.why if self.why else ''}{tail}"


@dataclass(frozen=True, slots=True)
class Record:
    """One document of the library (`file` set) or of the danh mục (known by number only).

    `designation` is "" for a paper without a number; then `name` cites it. `also` holds other ways
    its number is written. `jurisdiction` is "toàn quốc", "Đảng" or a province ("tỉnh Lạng Sơn").
    `rank` orders căn cứ (1 luật … 7 văn bản cá biệt); `can_be_basis` says whether it may be one.
    `status_verified` is False when only its identity, not its validity, was read in a document.
    `subject_verbatim` is False when `subject` only describes the document.
    `role` is regulation, report, plan, coordination, or "" in the danh mục.
    """

    designation: str
    kind: str
    issuer: str
    subject: str
    date: Day | None = None
    name: str = ""
    also: tuple[str, ...] = ()
    jurisdiction: str = ""
    regime: str = ""
    role: str = ""
    rank: int = 9
    can_be_basis: bool = False
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    amended_from: Day | None = None
    unclear_from: Day | None = None
    unclear_why: str = ""
    done: bool = False
    note: str = ""
    source: str = ""
    verified: bool = False
    status_verified: bool = True
    subject_verbatim: bool = True
    file: str = ""
    lines: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """What the library knows it by: the designation's key, else its name."""
        parsed = Designation.parse(self.designation)
        return parsed.key if parsed else (self.designation or self.name)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key it answers to: its own, and those of the other ways its number is written."""
        others = (Designation.parse(other) for other in self.also)
        return (self.key, *(other.key for other in others if other))

    @property
    def title(self) -> str:
        """Kind and number, or its name: how a person calls it.

        >>> Record("50/2025/QĐ-UBND", "Quyết định", "UBND tỉnh Lạng Sơn", "").title
        'Quyết định số 50/2025/QĐ-UBND'
        """
        if self.designation:
            called = self.name if self.kind in _NAMED_KINDS and self.name else self.kind
            return f"{called} số {self.designation}"
        return self.name or self.kind

    def in_jurisdiction_of(self, province: str) -> bool:
        """Whether it binds in `province`: national and Party papers do, another province's never.

        A document whose jurisdiction nobody declared binds nowhere: that is not guessed.
        """
        own = bool(province) and self.jurisdiction == province
        return own or self.jurisdiction in {"toàn quốc", "Đảng"}

    def status_on(self, day: Day) -> Status:
        """Its validity on `day`, from what the record knows; unknown is `chưa rõ`, never a guess.

        >>> from datetime import date
        >>> old = Record("20/2022/QĐ-UBND", "Quyết định", "UBND tỉnh", "", date(2022, 8, 13),
        ...     in_force_until=date(2025, 7, 1), replaced_by="50/2025/QĐ-UBND", verified=True)
        >>> old.status_on(date(2026, 11, 23)).state
        <State.ENDED: 'hết hiệu lực'>
        """
        unclear = self.unclear_from
        sure = self.verified and (self.status_verified or (unclear is not None and day < unclear))
        if self.role == CASE_PAPER:
            return Status(State.UNCLEAR, "văn bản của vụ việc do cán bộ nhập, xem bản gốc")
        begins = self.in_force_from or self.date
        if begins is not None and day < begins:
            return Status(State.NOT_YET, f"từ {vn_date(begins)}", verified=sure)
        if self.in_force_until is not None and day >= self.in_force_until:
            why = f"từ {vn_date(self.in_force_until)}"
            return Status(State.ENDED, why, self.replaced_by, sure)
        if self.in_force_until is None and self.replaced_by:
            why = f"chưa biết ngày {self.replaced_by} thay thế"
            return Status(State.UNCLEAR, why, self.replaced_by, sure)
        if self.done:
            return Status(State.UNCLEAR, "việc nêu trong văn bản đã xong, chỉ để tham khảo")
        if self.unclear_from is not None and day >= self.unclear_from:
            return Status(State.UNCLEAR, self.unclear_why, verified=sure)
        if self.amended_by and (self.amended_from is None or day >= self.amended_from):
            why = f"được sửa đổi, bổ sung bởi {', '.join(self.amended_by)}"
            return Status(State.PARTLY_ENDED, why, verified=sure)
        if begins is None:
            return Status(State.UNCLEAR, "chưa biết ngày có hiệu lực", verified=sure)
        return Status(State.IN_FORCE, f"theo kho, từ {vn_date(begins)}", verified=sure)


def vn_date(day: Day) -> str:
    """`day` as Vietnamese papers write it: day under 10 and months 1, 2 with a zero (NĐ 30/2020).

    >>> from datetime import date
    >>> vn_date(date(2025, 7, 1)), vn_date(date(2025, 2, 5)), vn_date(date(2025, 11, 20))
    ('01/7/2025', '05/02/2025', '20/11/2025')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def long_date(day: Day) -> str:
    """`day` in words, as in the place-and-date line.

    >>> from datetime import date
    >>> long_date(date(2025, 2, 5))
    'ngày 05 tháng 02 năm 2025'
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
