"""`deciding`: who decides, as a clause; what a case may still be; another province's clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Possible:
    """A case that may still be this one: `when` are the answers that would make it so."""

    title: str
    when: str
    decides: str
    citation: str
    after: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Who decides then, after what, by which clause."""
        return f"{deciding(self.decides, self.after)} – {self.citation}"

    def as_json(self) -> dict[str, object]:
        """The possibility in the JSON of `drafting route`."""
        return {
            "title": self.title, "when": self.when, "decides": self.decides,
            "after": list(self.after), "citation": self.citation,
        }  # fmt: skip


def deciding(who: str, after: Sequence[str] = ()) -> str:
    """Who decides and after what consent, as a clause of a sentence; "" is nobody named.

    >>> deciding("Thường trực Tỉnh ủy"), deciding("Thường trực HĐND tỉnh (mời, đón tiếp)")
    ('Thường trực Tỉnh ủy quyết định', 'Thường trực HĐND tỉnh (mời, đón tiếp)')
    >>> deciding("Chủ tịch UBND tỉnh", ["Thường trực Tỉnh ủy đồng ý bằng văn bản"])
    'Chủ tịch UBND tỉnh quyết định, sau khi Thường trực Tỉnh ủy đồng ý bằng văn bản'
    """
    if not who:
        before = " và ".join(after)
        return "không nêu ai quyết định" + (f"; phải có trước: {before}" if before else "")
    spoken = any(word in who for word in ("quyết định", "(", ":"))
    said = who if spoken else f"{who} quyết định"
    return f"{said}{following(after)}"


def following(after: Sequence[str]) -> str:
    """“, sau khi …” for what must be had before; "" for nothing."""
    return f", sau khi {' và '.join(after)}" if after else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another province's clause on the same case: named, never followed."""

    province: str
    citation: str

    @property
    def line(self) -> str:
        """The clause with a plain warning."""
        return f"{self.citation} ({self.province}: chỉ tham khảo, không ghi vào căn cứ)"
