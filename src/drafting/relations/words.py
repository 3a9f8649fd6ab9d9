"""The words of the grammar: verbs, what may stand beside them, and what takes them back."""

from __future__ import annotations

import re

from drafting.relations.skeleton import OTHER, OWN, SIGNS, THIS

VERB = re.compile(
    r"(?<!\w)(?:(?P<replace>thay thế)|(?P<repeal>bãi bỏ|hủy bỏ)"
    r"|(?P<end>hết hiệu lực|chấm dứt hiệu lực|không còn hiệu lực|hết giá trị)"
    r"|(?P<amend>sửa đổi, bổ sung|sửa đổi và bổ sung|bổ sung, sửa đổi|sửa đổi|bổ sung))(?!\w)"
)
# Right before a verb: it did not happen, not yet, or is only wished for.
NOT_SO = re.compile(
    r"(?<!\w)(?:không|chưa|sẽ|dự kiến|để|nhằm|xem xét|đề nghị|đề xuất|kiến nghị|nghiên cứu|trình"
    r"|chờ|cần|phải|có thể|được quyền|quyền|thẩm quyền|đang|tham mưu|hay|về)"
    r"(?: (?:bị|được|phải|thể|là))?(?: ban hành(?: \w+){1,3})?[ ,]*$"
)
# Between a subject and its verb: somebody else acts, or only will.
WISHED = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|chưa|không|đề nghị|đề xuất|kiến nghị|trình|để|nhằm|dự thảo|nghiên cứu"
    r"|có trách nhiệm|xây dựng|rà soát|tham mưu|nếu|khi|trường hợp|thì|phải|đang)(?!\w)"
)
# A condition: “bị thay thế thì …” says what would be. “Kể từ khi”, “trừ trường hợp” are none.
CONDITION = re.compile(
    r"(?<!từ )(?<!trừ )(?<!trước )(?<!sau )(?<!\w)(?:khi|nếu|trường hợp|giả sử)(?!\w)"
)
THEN = re.compile(r"(?<!\w)thì(?!\w)")
PASSIVE = re.compile(r"(?<!\w)(?P<done>đã )?(?:được|bị) $")
# What may stand between a passive verb and “bởi …”.
AGENT = re.compile(
    r"(?:(?:,| và)? (?:sửa đổi|bổ sung|thay thế|bãi bỏ))*"
    r"(?P<part>(?: (?:các|những|một số|điều|khoản|điểm|nội dung|quy định|biểu mẫu),?)+| một phần)?"
    rf" (?:bởi|bằng|theo|tại)(?: quy định)?(?: tại)?(?: các)?"
    rf"(?: (?:danh mục|phụ lục|biểu mẫu|mẫu)[^{SIGNS};:.,]{{0,120}}kèm theo"
    rf"|[^{SIGNS};:.,]{{0,24}}?) ?"
    rf"(?P<agent>[{SIGNS}])"
)
ENDS = re.compile(
    r"(?: thi hành)?(?: toàn bộ| (?P<part>một phần))?"
    r"(?=,|;|:|$| (?:kể )?(?:từ|sau) | trừ | theo | vào | cùng | như )"
)
_GAP_WORDS = {
    "cho", "toàn", "bộ", "một", "số", "các", "những", "nội", "dung", "điều", "khoản", "điểm",
    "tiết", "mục", "chương", "phần", "phụ", "lục", "mẫu", "biểu", "tại", "của", "trong", "ở",
    "và", "hoặc", "văn", "bản", "quy", "phạm", "pháp", "luật", "định", "thông", "tư", "nghị",
    "quyết", "chỉ", "thị", "chế", "liên", "tịch", "sau", "đây", "dưới", "này", "bao", "gồm",
    "thuộc", "tên", "lệnh", "tiểu", "đoạn", "dòng", "gạch", "đầu", "thứ", "cụ", "thể", "như",
    "thủ", "tục", "hành", "chính", "danh", "hướng", "dẫn", "bảng",
}  # fmt: skip
# A whole paper that a decision carries; “Mẫu giấy phép ban hành kèm theo …” is a part of one.
_PAPER = r"(?:danh mục|phụ lục|biểu mẫu|mẫu|biểu|đơn giá|bảng giá)"
_CARRIED = re.compile(
    rf"[^;:.“]{{0,40}}(?<!\w)(?:{_PAPER}|quy chế|quy định|điều lệ|quy trình|nội quy|đề án"
    r"|chương trình|kế hoạch|quy chuẩn|tiêu chuẩn|định mức|chế độ|hệ thống|hướng dẫn|bộ|bảng)(?!\w)"
    r"[^;:.“]{0,240}(?:ban hành )?kèm(?: theo)? ?$"
)
# Words between a verb and a document by which only a part of it is meant.
_PART_OF = re.compile(
    rf"(?<!\w)(?:một số|một phần|phần|nội dung|quy định(?! sau| dưới|:)|điều|khoản|điểm"
    rf"|tiết|mục|tiểu mục|chương|đoạn|câu|dòng|gạch đầu|cụm từ|từ|thủ tục|bảng|{_PAPER})(?!\w)"
)
_WHOLE_OF = re.compile(
    r"(?<!\w)(?:toàn bộ(?: (?:các )?(?:nội dung|quy định|điều khoản|điều, khoản))?"
    r"|các điều ước|điều ước|điều lệ|chương trình|bộ quy định|quy định chi tiết)(?!\w)"
)
_QUOTED_WORDS = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’")
_PHRASE = re.compile(r" (?:các |một số |những )?(?:cụm từ|từ ngữ|từ|cụm)(?!\w)")
_PHRASE_WORDS = {"cụm", "từ", "ngữ", "bằng", "thành", "thay"}
_WORD = re.compile(r"\w+")
# Between a document and “sửa đổi, bổ sung …”, its own trích yếu.
TITLED = re.compile(r"(?: ?\([^()]{0,80}\))?(?: của [^;:,]{2,80}?)?,? ?(?:về )?(?:việc )?")
TAKES_EFFECT = re.compile(r" (?:này )?(?:bắt đầu )?(?:có|chịu) hiệu lực[^;:]{0,220}|,? ?")
JOINS = re.compile(r"(?:[;,]|(?<!\w)và|đồng thời)[ ,;]*(?:đồng thời |và )?$")
VERB_BEFORE = re.compile(r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ),? (?:và )?$")
FOLLOWS = re.compile(r"(?:sau|sau đây|dưới đây|gồm)? ?:? ?$")
EXCEPT = re.compile(r"(?<!\w)(?:trừ|ngoại trừ) (?=\S)")
LISTED_DOCUMENTS = re.compile(rf"(?:kể từ ngày {THIS}[^{SIGNS}]{{0,60}}, ?)?")
PREAMBLE_BASIS = re.compile(r"căn cứ(?: vào)? ")
PROPOSED = re.compile(rf"theo đề nghị[^{SIGNS};]{{0,200}} tại (?P<object>{OTHER})")
ISSUED = re.compile(
    r"(?<!\w)(?P<paper>(?:quy chế|quy định|điều lệ|danh mục|quy trình|nội quy|đề án|chương trình"
    r"|kế hoạch|bảng giá|phụ lục|hướng dẫn|quy chuẩn|định mức|biểu mẫu|bộ tiêu chí)"
    rf"[^{SIGNS};:.()]{{0,250}}?),? ?\(?(?:được )?(?:ban hành )?kèm theo "
    rf"(?P<by>[{OTHER[1:-1]}{THIS}])"
)
CARRIED_BY = re.compile(rf"\(?(?:ban hành )?kèm theo (?P<by>{OTHER})")
CARRIES = re.compile(
    rf"(?P<subject>{OTHER})(?: ?\([^()]{{0,80}}\))?(?: của [^;:,{SIGNS}]{{2,80}}?)?"
    r",? ?(?:về )?(?:việc )?(?P<verb>tiếp tục thực hiện|hướng dẫn(?: thi hành| thực hiện)?"
    r"|quy định chi tiết(?: và hướng dẫn)?(?: thi hành| thực hiện)?|(?:triển khai )?thực hiện)"
    rf"(?P<gap> [^{SIGNS};:.]{{0,220}}?)(?P<object>{OTHER})"
)
OWN_CARRIES = re.compile(rf"(?:triển khai )?thực hiện (?P<object>{OTHER})")
OWN_SIGNS = {THIS, OWN}


def may_lead_on(gap: str) -> bool:
    """Whether the words between a verb and a document lead on to it: “một số điều của”.

    >>> may_lead_on(" một số điều của "), may_lead_on(" người đại diện theo ")
    (True, False)
    """
    if _CARRIED.fullmatch(gap):
        return True
    words = _GAP_WORDS
    if _PHRASE.match(gap):
        words, gap = words | _PHRASE_WORDS, _QUOTED_WORDS.sub("", gap)
    return all(
        word in words or word.isdigit() or len(word) < 2 or set(word) <= set("ivxlc")
        for word in _WORD.findall(gap)
    )


def means_part(gap: str) -> bool:
    """Whether these words between a verb and a document leave the rest of it as it was.

    >>> [means_part(f" {words} ") for words in ("một số điều của", "toàn bộ nội dung", "các")]
    [True, False, False]
    >>> means_part(" quy chế phối hợp ban hành kèm theo ")
    False
    """
    carried = _CARRIED.fullmatch(gap)
    if carried and not re.search(rf"(?<!\w){_PAPER}(?!\w)", gap):
        return "một số" in gap or "một phần" in gap
    return bool(_PART_OF.search(_WHOLE_OF.sub(" ", gap)))


def is_condition(words: str) -> bool:
    """Whether these words still stand under “khi”, “nếu”, “trường hợp”."""
    found = list(CONDITION.finditer(words))
    return bool(found) and not THEN.search(words, found[-1].end())
