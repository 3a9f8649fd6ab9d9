"""`Ground`: where a time limit stands, whom it binds, and whether its document is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drafting.evidence import Evidence, Proven, prove
from drafting.library import Library
from drafting.records import Record, State, Status

BINDING, REFERENCE = "bắt buộc", "tham khảo"


@dataclass(frozen=True, slots=True)
class Ground:
    """The words a limit rests on, for one province on one day.

    `force` is “bắt buộc” or “tham khảo”, "" where the office has not set its province. `status` is
    None when the library does not have the document.
    """

    proven: Proven
    province: str
    force: str
    status: Status | None

    @property
    def record(self) -> Record | None:
        """The document, where the library has it."""
        return self.proven.stored.record if self.proven.stored else None

    @property
    def jurisdiction(self) -> str:
        """Where it binds, "" when nobody declared it."""
        return self.record.jurisdiction if self.record else ""

    @property
    def is_own(self) -> bool:
        """Whether the document is one for the office's province, in force or not."""
        return self.record is not None and self.record.in_jurisdiction_of(self.province)

    @property
    def citation(self) -> str:
        """The clause as NĐ 30 writes it."""
        return self.proven.citation

    @property
    def force_said(self) -> str:
        """Whom it binds, in one line."""
        where = self.jurisdiction or "nơi văn bản áp dụng (phạm vi chưa khai)"
        if not self.province:
            return f"ràng buộc {where}, nơi khác chỉ tham khảo (chưa đặt tỉnh của cơ quan)"
        if self.force == BINDING:
            return f"bắt buộc với {self.province}"
        if self.is_own and self.status is not None:
            state = self.status.state
            why = "chưa rõ hiệu lực" if state is State.UNCLEAR else str(state)
            return f"tham khảo: văn bản của {where} nhưng {why}"
        return f"tham khảo: quy định của {where}, không ràng buộc {self.province}"

    @property
    def cautions(self) -> tuple[str, ...]:
        """What keeps it from being relied on, a sentence each: validity, proof, kind of paper."""
        told = []
        if self.status is not None and self.status.state is not State.IN_FORCE:
            told.append(f"Hiệu lực vào ngày ấy: {self.status.sentence()}")
        if not self.proven.verified:
            why = self.proven.why or f"chưa đọc văn bản gốc ({self.proven.evidence.source})"
            told.append(f"Chưa kiểm chứng: {why}")
        if self.record is not None and self.record.role == "plan":
            told.append(f"{self.record.kind} cho một việc cụ thể: việc khác chỉ lấy làm gợi ý")
        return tuple(told)

    def as_json(self) -> dict[str, object]:
        """What `drafting deadline` and `calendar` add to a limit in their JSON."""
        return {
            "citation": self.citation,
            "quote": self.proven.evidence.quote,
            "verified": self.proven.verified,
            "jurisdiction": self.jurisdiction,
            "force": self.force,
            "status": self.status.sentence() if self.status else "",
            "cautions": list(self.cautions),
        }


def ground(evidence: Evidence, library: Library, province: str, on: date) -> Ground:
    """Where the evidence stands, its force in `province` and its validity `on` the day.

    Only what is in force that day and made for the province is “bắt buộc”; another province's
    document, and one whose validity is not clear, are “tham khảo”, as they are in a draft.
    """
    proven = prove(evidence, library)
    if proven.stored is None:
        return Ground(proven, province, REFERENCE if province else "", None)
    record = proven.stored.record
    status = record.status_on(on)
    binds = record.in_jurisdiction_of(province) and status.holds
    force = (BINDING if binds else REFERENCE) if province else ""
    return Ground(proven, province, force, status)
