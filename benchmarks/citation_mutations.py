"""Strings that cite what the library knows, right and mutated: the same at every run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.citation_inventions import invented
from benchmarks.citation_quotes import quoted_strings
from drafting.citations.place import read_eid
from drafting.designation import Designation
from drafting.library import Library
from drafting.records import Record, vn_date
from drafting.structure import Kind

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LAWS = {"Luật", "Bộ luật", "Pháp lệnh"}
_CLAUSES = {Kind.ARTICLE: "Điều", Kind.CLAUSE: "khoản", Kind.POINT: "điểm"}
_OTHER_BODY = {
    "Chính phủ": "Thủ tướng Chính phủ", "Thủ tướng Chính phủ": "Chính phủ",
    "Quốc hội": "Chính phủ", "Bộ Chính trị": "Ban Bí thư",
}  # fmt: skip
_OTHER_KIND = {
    "Nghị định": "Nghị quyết", "Quyết định": "Chỉ thị", "Thông tư": "Nghị định",
    "Nghị quyết": "Quyết định", "Kế hoạch": "Tờ trình", "Quy chế": "Kết luận",
    "Tờ trình": "Báo cáo", "Báo cáo": "Kế hoạch", "Kết luận": "Hướng dẫn", "Hướng dẫn": "Quy chế",
    "Chỉ thị": "Quyết định", "Chương trình": "Kế hoạch", "Quy định": "Chỉ thị",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One string; `true` says whether the mutation left it right."""

    text: str
    mutation: str
    true: bool
    province: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A citation taken apart, to be put together again otherwise."""

    kind: str
    number: str
    day: str
    issuer: str
    subject: str
    record: Record

    def told(self, opening: str = "Căn cứ ", end: str = ";") -> str:
        """The whole line: tên loại, số, ngày, cơ quan, trích yếu, as far as they are known."""
        number = f" số {self.number}" if self.number else ""
        day = f" ngày {self.day}" if self.day else ""
        issuer = f" của {self.issuer}" if self.issuer else ""
        subject = f" về {self.subject}" if self.subject else ""
        return f"{opening}{self.kind}{number}{day}{issuer}{subject}{end}"


def made_strings(library: Library) -> list[Made]:
    """Every string, true ones first for each document, then the invented ones."""
    known = {key for record in library.all_records for key in record.keys}
    found: list[Made] = []
    for record in library.all_records:
        parts = _parts(record)
        if parts is None:
            continue
        found += [*_true(parts), *_mutated(parts, known)]
    found += [*_provisions(library), *_invented(library, known)]
    found += [Made(*one) for one in quoted_strings(library)]
    return list(dict.fromkeys(found))


def _parts(record: Record) -> Parts | None:
    """What a correct citation of the record says; None where nobody could cite it surely."""
    number = Designation.parse(record.designation)
    if number is None or (number.year is None and not number.party and record.date is None):
        return None
    kind = record.name if record.kind in _LAWS and record.name else record.kind
    described = record.subject.startswith("(")
    subject = record.subject if record.kind not in _LAWS and not described else ""
    day = vn_date(record.date) if record.date else ""
    issuer = "" if record.kind in _LAWS else record.issuer
    subject = subject if "nguyên văn" not in record.note.lower() else ""
    return Parts(kind, str(number), day, issuer, subject, record)


def _true(parts: Parts) -> Iterator[Made]:
    whole, province = parts.told(), parts.record.jurisdiction
    yield Made(whole, "nguyên dạng", True)
    yield Made(replace(parts, subject="").told("Thực hiện ", "."), "bớt trích yếu", True)
    if parts.day:
        short = replace(parts, issuer="", subject="")
        yield Made(short.told("theo ", ", Sở đã báo cáo."), "chỉ số và ngày", True)
        yield Made(replace(short, day=_long(parts.record.date)).told(), "ngày bằng chữ", True)
        unnamed = replace(parts, issuer="", subject="")
        yield Made(f"{unnamed.kind} số {unnamed.number} ({parts.day})", "ngày trong ngoặc", True)
    yield Made(whole.translate(_WIDE), "chữ số toàn khổ", True)
    yield Made(unicodedata.normalize("NFD", whole), "NFD", True)
    yield Made(whole.replace(" ", "\u00a0 "), "dấu cách lạ", True)
    yield Made(f"**{whole[:-1]}**;", "in đậm", True)
    yield Made(whole.replace("ủy", "uỷ").replace("Ủy", "Uỷ"), "uỷ thay ủy", True)
    yield Made(whole.replace("Ủy ban nhân dân", "UBND"), "viết tắt cơ quan", True)
    if parts.issuer.endswith(province) and province.startswith("tỉnh "):
        own = parts.issuer.removesuffix(province) + "tỉnh"
        yield Made(replace(parts, issuer=own).told(), "cơ quan tỉnh mình", True, province)


def _mutated(parts: Parts, known: set[str]) -> Iterator[Made]:
    for name, number in _numbers(parts.number):
        if _is_free(number, known):
            yield Made(replace(parts, number=number).told(), name, False)
    day = parts.record.date
    if day is not None:
        for name, wrong in _days(day):
            yield Made(replace(parts, day=wrong).told(), name, False)
            bare = replace(parts, day=wrong, issuer="", subject="")
            yield Made(bare.told("theo ", "."), f"{name}, chỉ số và ngày", False)
    yield from _issuers(parts)
    yield from _subjects(parts)
    other = _OTHER_KIND.get(parts.kind)
    fits = Designation.parse(parts.number)
    if other and fits is not None and fits.fits_type(other) is False:
        yield Made(replace(parts, kind=other).told(), "sai loại văn bản", False)


def _numbers(number: str) -> Iterator[tuple[str, str]]:
    head = re.match(r"\d+", number)
    if head is None:
        return
    digits, rest = head[0], number[head.end() :]
    for at in range(len(digits)):
        for step in (1, 4):
            new = str((int(digits[at]) + step) % 10)
            yield "một chữ số của số", digits[:at] + new + digits[at + 1 :] + rest
    yield "thêm một chữ số", digits + "1" + rest
    if len(digits) > 1 and digits[0] != digits[1]:
        yield "đảo hai chữ số", digits[1] + digits[0] + digits[2:] + rest
    if "0" in digits or "1" in digits:
        yield "o thay 0, l thay 1", digits.replace("0", "O").replace("1", "l") + rest
    year = re.search(r"/((?:19|20)\d\d)/", number)
    if year:
        yield "số thiếu năm", number.replace(year[0], "/", 1)
        for step in (-1, 1, 10):
            yield "năm của số", number.replace(year[1], str(int(year[1]) + step), 1)
    for name, old, new in (
        ("ký hiệu", "UBND", "HĐND"), ("ký hiệu", "QĐ-", "CT-"), ("ký hiệu", "-CP", "-TTg"),
        ("ký hiệu", "/TU", "/TW"), ("ký hiệu", "/TW", "/TU"), ("ký hiệu", "SNgV", "SNV"),
        ("ký hiệu", "QH", "UBTVQH"), ("ký hiệu sai dấu nối", "-", "/"),
        ("ký hiệu không dấu", "Đ", "D"),
    ):  # fmt: skip
        if old in number:
            yield name, number.replace(old, new, 1)


def _is_free(number: str, known: set[str]) -> bool:
    parsed = Designation.parse(number)
    return parsed is None or parsed.key not in known


def _days(day: date) -> Iterator[tuple[str, str]]:
    for step in (-1, 1, 10):
        yield "ngày lệch", vn_date(day + timedelta(days=step))
    month = day.replace(day=min(day.day, 28), month=day.month % 12 + 1)
    yield "tháng lệch", vn_date(month)
    for step in (-1, 1):
        yield "năm lệch", vn_date(day.replace(year=day.year + step, day=min(day.day, 28)))
    yield "ngày không có thật", f"30/02/{day.year}"
    yield "ngày không có thật", f"31/4/{day.year}"
    if day.day <= 12 and day.day != day.month:
        yield "đảo ngày tháng", vn_date(date(day.year, day.day, day.month))


def _issuers(parts: Parts) -> Iterator[Made]:
    issuer, place = parts.issuer, parts.record.jurisdiction
    if place.startswith("tỉnh ") and place.removeprefix("tỉnh ") in issuer:
        own = place.removeprefix("tỉnh ")
        for other in ("Bắc Giang", "Lạng Sơn", "Bắc Ninh", "Cao Bằng"):
            if other != own:
                wrong = replace(parts, issuer=issuer.replace(own, other), subject="")
                yield Made(wrong.told(), "cơ quan tỉnh khác", False)
    body = issuer.partition(" khóa")[0]
    if body in _OTHER_BODY:
        wrong = replace(parts, issuer=issuer.replace(body, _OTHER_BODY[body], 1))
        yield Made(wrong.told(), "sai cơ quan", False)
    if issuer and "Bộ Tài chính" not in issuer:
        yield Made(replace(parts, issuer="Bộ Tài chính").told(), "sai cơ quan", False)


def _subjects(parts: Parts) -> Iterator[Made]:
    words = parts.subject.split()
    if len(words) < 4:
        return
    for count, name in ((len(words) - 1, "từ cuối"), (len(words) // 2, "từ giữa")):
        wrong = " ".join([*words[:count], "khoáng sản", *words[count + 1 :]])
        yield Made(replace(parts, subject=wrong).told(), f"trích yếu sai {name}", False)
    more = f"{parts.subject} và quản lý tài nguyên khoáng sản"
    yield Made(replace(parts, subject=more).told(), "trích yếu thêm chữ", False)
    wrong = "phê duyệt quy hoạch sử dụng đất đến năm 2035"
    yield Made(replace(parts, subject=wrong).told(), "số thật, trích yếu bịa", False)


def _provisions(library: Library) -> Iterator[Made]:
    """Clauses that are there, in several orders, and clauses that are not."""
    for stored in library.stored:
        title = stored.record.title
        if not stored.record.designation or stored.record.role != "regulation":
            continue
        for provision in stored.document.provisions[::3]:
            path = read_eid(provision.eid)
            if "att_" in provision.eid or any(kind not in _CLAUSES for kind, _ in path):
                continue
            for name, written in _orders(path):
                yield Made(f"theo quy định tại {written} {title}.", name, True)
        yield from _absent(library, stored.document.provisions, title)


def _orders(path: tuple[tuple[Kind, str], ...]) -> Iterator[tuple[str, str]]:
    named = [f"{_CLAUSES[kind]} {number}" for kind, number in path]
    yield "điều khoản", " ".join(reversed(named))
    if len(named) > 1:
        yield "điều khoản có dấu phẩy", ", ".join(reversed(named)).title().replace("Điều", "Điều")
        yield "Điều trước, khoản sau", ", ".join(named) + ","
    yield "điều khoản NFD", unicodedata.normalize("NFD", " ".join(reversed(named)))


def _absent(library: Library, provisions: tuple[object, ...], title: str) -> Iterator[Made]:
    tree = next(s.document for s in library.stored if s.record.title == title)
    for article in [p for p in tree.provisions if p.kind is Kind.ARTICLE and "att_" not in p.eid]:
        clauses = [p for p in tree.children(article.eid) if p.kind is Kind.CLAUSE]
        wrong = f"khoản {len(clauses) + 1} Điều {article.number} {title}"
        yield Made(f"theo {wrong}, Sở đã trình.", "khoản không có", False)
        for clause in clauses[:2]:
            numbers = {p.number for p in tree.branch(clause.eid) if p.kind is Kind.POINT}
            letter = next(one for one in "xvuts" if one not in numbers)
            words = f"điểm {letter} khoản {clause.number} Điều {article.number} {title}"
            yield Made(f"theo {words}.", "điểm không có", False)
    articles = sum(p.kind is Kind.ARTICLE for p in tree.provisions)
    for number in (articles + 1, articles + 20, 0):
        yield Made(f"theo Điều {number} {title}.", "Điều không có", False)
    yield Made(f"theo Mẫu số 09 Phụ lục {title}.", "mẫu không có", False)


def _invented(library: Library, known: set[str]) -> Iterator[Made]:
    subjects = [r.subject for r in library.all_records if r.subject_verbatim and r.subject]
    free: Callable[[str], bool] = lambda number: _is_free(number, known)  # noqa: E731
    for text in invented(subjects, free):
        yield Made(text, "bịa hoàn toàn", False)


def _long(day: date | None) -> str:
    return f"{day.day:02d} tháng {day.month} năm {day.year}" if day else ""
