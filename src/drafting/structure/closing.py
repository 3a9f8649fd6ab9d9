"""What stands after the body: Nơi nhận and signatures, units of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from drafting.structure.document import Kind
from drafting.structure.lines import Line, MarkKind
from drafting.structure.tree import Tree, Unit

_END = re.compile(r"\./\.\s*$")
# Quyền hạn and chức vụ lines of a signature block, NĐ 30/2020 Điều 13 and Party practice.
_SIGNS = re.compile(
    r"^(?:TM\.|T/M\b|KT\.|K/T\b|TL\.|T/L\b|TUQ\.|Q\.|(?:PHÓ )?CHỦ TỊCH|(?:PHÓ )?GIÁM ĐỐC|"
    r"(?:PHÓ )?BÍ THƯ|(?:PHÓ )?CHÁNH VĂN PHÒNG|(?:THỨ|BỘ) TRƯỞNG|THỦ TƯỚNG|(?:PHÓ )?CHỈ HUY TRƯỞNG)"
)
_REMNANT = re.compile(r"^[}{|]|^\([^()]{1,30}\)$")
_NAME = re.compile(r"^[^\W\d_]+(?:\s+[^\W\d_]+){1,5}$")


def begins_closing(line: Line, previous: Line | None) -> bool:
    """Whether the body has ended before `line`: after "./.", at Nơi nhận, at a signature."""
    if line.mark is not None and line.mark.kind is MarkKind.RECIPIENTS:
        return True
    if previous is not None and _END.search(previous.bare):
        return True
    return line.is_upper and bool(_SIGNS.match(line.bare))


def read_closing(tree: Tree, lines: list[Line], at: int, ends: Callable[[Line], bool]) -> int:
    """Reads Nơi nhận and signatures from `at`; the index of the first line that is neither."""
    recipients: Unit | None = None
    signature: Unit | None = None
    signatures = 0
    in_list = False
    while at < len(lines) and not ends(lines[at]):
        line = lines[at]
        kind = line.mark.kind if line.mark else None
        if kind is MarkKind.RECIPIENTS and recipients is None:
            recipients = tree.open(Kind.RECIPIENTS, "", line, "", None)
            in_list, signature = True, None
        elif recipients is not None and (
            (in_list and kind is MarkKind.DASH) or _REMNANT.match(line.bare)
        ):
            recipients.add(line, joined=False)
        else:
            in_list = False
            if signature is None:
                signatures += 1
                signature = tree.open(Kind.SIGNATURE, str(signatures), line, "", None)
            else:
                signature.add(line, joined=False)
            if _is_name(line):
                signature = None
        at += 1
    return at


def _is_name(line: Line) -> bool:
    """A person's name: two to six capitalised words, not all in capitals."""
    if line.is_upper or not _NAME.match(line.bare):
        return False
    return all(word[0].isupper() for word in line.bare.split())
