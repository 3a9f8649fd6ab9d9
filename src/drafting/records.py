"""`Record`: what is known of a document besides its text, and whether it is in force on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
class Change:
    """A part of a document changed or ended by another, as read in a text.

    `kind` is “sửa đổi, bổ sung”, “thay thế” or “bãi bỏ”; `where` the provisions concerned in words
    (() when none is named), `except_for` what stays in force; `read_in` the place that says so.
    """

    kind: str
    by: str
    since: Day | None = None
    where: tuple[str, ...] = ()
    except_for: str = ""
    verified: bool = True
    read_in: str = ""

    def sentence(self) -> str:
        """What became of which provisions.

        >>> Change("bãi bỏ", "9/2026/QĐ-UBND", where=("khoản 2 Điều 5",)).sentence()
        'khoản 2 Điều 5 bị bãi bỏ bởi 9/2026/QĐ-UBND'
        """
        what = f"{', '.join(self.where)} " if self.where else ""
        verb = "được" if self.kind.startswith("sửa") else "bị"
        rest = ""
        if self.since:
            rest += f" từ {vn_date(self.since)}"
        if self.except_for:
            rest += f", {self.except_for}"
        return f"{what}{verb} {self.kind} bởi {self.by}{rest}"


@dataclass(frozen=True, slots=True)
class Record:
    """One document of the library (`file` set) or of the danh mục (known by number only).

    `designation` is "" for a paper without a number; then `name` cites it. `also` holds other ways
    its number is written. `jurisdiction` is "toàn quốc", "Đảng" or a province ("tỉnh Lạng Sơn").
    `rank` orders căn cứ (1 luật … 7 văn bản cá biệt); `can_be_basis` says whether it may be one.
    `status_verified` is False when only its identity, not its validity, was read in a document.
    `subject_verbatim` is False when `subject` only describes the document.
    `role` is regulation, report, plan, coordination, or "" in the danh mục.

    The last three are never declared but read in the texts of the library (library/validity.py):
    parts changed by other documents; where its end was read, when no TOML file says it; what
    another source says against what is declared.
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
    changes: tuple[Change, ...] = ()
    read_in: str = ""
    disputed: str = ""

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
        status = self._declared_status(day)
        if not self.disputed:
            return status
        why = "; ".join(part for part in (status.why, f"nguồn khác nhau: {self.disputed}") if part)
        return replace(status, why=why, verified=False)

    def _declared_status(self, day: Day) -> Status:
        unclear = self.unclear_from
        sure = self.verified and (self.status_verified or (unclear is not None and day < unclear))
        if self.role == CASE_PAPER:
            return Status(State.UNCLEAR, "văn bản của vụ việc do cán bộ nhập, xem bản gốc")
        begins = self.in_force_from or self.date
        if begins is not None and day < begins:
            return Status(State.NOT_YET, f"từ {vn_date(begins)}", verified=sure)
        if self.in_force_until is not None and day >= self.in_force_until:
            told = f", đọc trong {self.read_in}" if self.read_in else ""
            why = f"từ {vn_date(self.in_force_until)}{told}"
            return Status(State.ENDED, why, self.replaced_by, sure)
        if self.in_force_until is None and self.replaced_by:
            why = f"chưa biết ngày {self.replaced_by} thay thế"
            return Status(State.UNCLEAR, why, self.replaced_by, sure)
        if self.done:
            return Status(State.UNCLEAR, "việc nêu trong văn bản đã xong, chỉ để tham khảo")
        changed, read = self._changed_by(day)
        if self.unclear_from is not None and day >= self.unclear_from:
            why = "; ".join(part for part in (self.unclear_why, changed) if part)
            return Status(State.UNCLEAR, why, verified=sure)
        if changed:
            return Status(State.PARTLY_ENDED, changed, verified=sure and read)
        if begins is None:
            return Status(State.UNCLEAR, "chưa biết ngày có hiệu lực", verified=sure)
        return Status(State.IN_FORCE, f"theo kho, từ {vn_date(begins)}", verified=sure)

    def _changed_by(self, day: Day) -> tuple[str, bool]:
        """What parts are no longer as they were on `day`, and whether all of it was read."""
        now = [one for one in self.changes if one.since is None or day >= one.since]
        told = [one.sentence() for one in now]
        read = {one.by for one in self.changes}
        since = self.amended_from is None or day >= self.amended_from
        others = [one for one in self.amended_by if one not in read] if since else []
        if others:
            told.append(f"được sửa đổi, bổ sung bởi {', '.join(others)}")
        return "; ".join(told), all(one.verified for one in now)


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
