"""Căn cứ a language model invents: numbers that look right, agencies that exist, nothing real."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

_PAPERS = (
    ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", False),
    ("Nghị định", "NĐ-CP", "Chính phủ", True),
    ("Thông tư", "TT-BNG", "Bộ trưởng Bộ Ngoại giao", True),
    ("Quyết định", "QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", True),
    ("Nghị quyết", "NQ-HĐND", "Hội đồng nhân dân tỉnh Lạng Sơn", False),
    ("Kế hoạch", "KH-UBND", "UBND tỉnh Lạng Sơn", False),
    ("Công văn", "BNG-LPQT", "Bộ Ngoại giao", False),
    ("Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ", False),
    ("Thông tư", "TT-BTC", "Bộ Tài chính", True),
    ("Quyết định", "QĐ-BNG", "Bộ Ngoại giao", False),
)
_ABOUT = (
    "phê duyệt Đề án đẩy mạnh hội nhập quốc tế", "tăng cường công tác đối ngoại địa phương",
    "quản lý đoàn ra, đoàn vào", "hướng dẫn công tác lễ tân đối ngoại",
    "quy định chế độ tiếp khách nước ngoài", "tổ chức hội nghị, hội thảo quốc tế",
    "công tác biên giới lãnh thổ quốc gia",
)  # fmt: skip
_SHAPES = (
    "Căn cứ {kind} số {number} ngày {day} của {issuer} về {about};",
    "Căn cứ {kind} số {number} ngày {day};",
    "Thực hiện {kind} {number} ngày {day} của {issuer},",
    "theo quy định tại khoản {n} Điều {n} {kind} số {number} của {issuer}.",
)
_PARTY = ("-NQ/TW", "-CT/TW", "-QĐ/TU", "-KL/TU", "-HD/BTGTW")
_LAWS = ("Luật Đối ngoại địa phương", "Luật Quản lý đoàn ra", "Pháp lệnh Lễ tân nhà nước",
         "Luật Hợp tác quốc tế", "Luật Ngoại giao kinh tế")  # fmt: skip
COUNT = 100


def invented(subjects: Sequence[str], is_free: Callable[[str], bool]) -> Iterator[str]:
    """A hundred lines and more; `subjects` are real ones, `is_free` tells a number nobody bears."""
    yield "Căn cứ Quyết định số 118/QĐ-TTg ngày 15/10/2016;"
    turns = zip(cycle(_PAPERS), cycle([*_ABOUT, *subjects[:6]]), cycle(_SHAPES), strict=False)
    for n, ((kind, symbol, issuer, yearly), about, shape) in enumerate(islice(turns, COUNT)):
        year = 2012 + n * 7 % 14
        number = f"{(n * 37 + 118) % 2400 + 1}{f'/{year}' if yearly else ''}/{symbol}"
        if is_free(number):
            day = f"{n % 27 + 1:02d}/{n % 10 + 3}/{year}"
            yield shape.format(
                kind=kind, number=number, day=day, issuer=issuer, about=about, n=n % 9 + 1
            )
    for n, symbol in enumerate(_PARTY * 3):
        number = f"{n * 13 + 41}{symbol}"
        if is_free(number):
            yield f"Căn cứ Quyết định số {number} ngày 1{n % 10}/3/2023 của Tỉnh ủy Lạng Sơn;"
    for name in _LAWS:
        yield f"Căn cứ {name} ngày 20/11/2019;"
        yield f"theo khoản 3 Điều 12 {name}, cơ quan chủ trì trình."
