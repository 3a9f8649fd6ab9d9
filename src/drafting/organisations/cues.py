"""The words that tell whether a sentence asks, tells of the past, or quotes; all in lower case."""

from __future__ import annotations

import re

# The text itself says that the name is an old one: “(cũ)”, “nay là …”, “nguyên Giám đốc …”.
OLD_AFTER = re.compile(
    r"[^\w(;.]*\(?(?:cũ\b|trước đây\b|trước kia\b|nay là|nay thuộc|nay do|hiện nay là"
    r"|(?:đã |được |bị )?(?:giải thể|sáp nhập|hợp nhất|đổi tên|(?:kết thúc|chấm dứt) hoạt động"
    r"|tổ chức lại))|[^.;:]{0,40}\(cũ\)"
)
OLD_BEFORE = re.compile(
    r"(?:(?<!giữ )(?<!tài )\bnguyên(?: là)?(?: (?!tắc|nhân|liệu|vật|văn|trạng|tử|và|đán)\w+,?){0,8}"
    r"|\bcựu(?: \w+){0,4}|trước đây(?: là| thuộc)?,?|trước kia,?|tiền thân là|từ tên gọi|đổi tên từ"
    r"|tách (?:ra )?từ|(?:thay thế|thay cho|thay|kế thừa|tiếp nhận|nhận bàn giao)"
    r"(?: [^,;.]{0,50}?)?"
    r"|hợp nhất|sáp nhập|giải thể|(?:kết thúc|chấm dứt) hoạt động"
    r"|trên cơ sở (?:tổ chức lại|hợp nhất|sáp nhập))(?: (?:của|từ|các|02|hai))?[ “\"]*$"
)
CHANGE = re.compile(
    r"đổi tên|hợp nhất|sáp nhập|giải thể|(?:kết thúc|chấm dứt) (?:hoạt động|nhiệm vụ)"
    r"|không còn|(?:trước|sau) (?:khi )?sắp xếp|tổ chức lại"
)
LONG_AGO = re.compile(
    r"trước đây|trước kia|khi đó|lúc đó|lúc bấy giờ|thời kỳ đó|hồi đó|thời điểm đó|những năm trước"
    r"|(?:các )?năm trước|nhiệm kỳ trước|năm ngoái|khi còn"
)

# Asking something, whatever else the sentence tells.
_ASKS = (
    r"đề nghị|đề xuất|kiến nghị|yêu cầu|giao(?! (?:lưu|ban|thông|dịch|tiếp|thương|thoa))|phân công"
    r"|ủy quyền|kính gửi|kính trình|kính mời|mời|kính chuyển|tiếp tục|sẽ|cần|phải|có trách nhiệm"
    r"|chịu trách nhiệm|có nhiệm vụ|được giao|đôn đốc|nhờ|chuyển đến"
)
ASKING = re.compile(rf"\b(?:{_ASKS})\b")
ASKED = re.compile(
    r"(?:\bđã|\bđược|\btừng|\bvừa)(?: (?:có|chủ động|kịp thời|tích cực|trực tiếp|thường xuyên))?"
    rf"(?: (?:công văn|văn bản|tờ trình|báo cáo)(?: [^,;.:]{{0,50}}?)?)? (?:{_ASKS})\b"
    # “Theo yêu cầu của UBND tỉnh, …” tells on whose word it was done.
    r"|\b(?:theo|thực hiện)(?: sự)? (?:đề nghị|đề xuất|kiến nghị|yêu cầu|phân công)\b"
)
ASKED_AFTER = re.compile(
    r"\b(?:sẽ|cần|phải|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|được giao)\b"
)
# “trình Ban cán sự đảng”, not “chương trình”.
_SUBMIT = r"(?<!chương )(?<!quy )(?<!công )(?<!quá )trình"
# A duty that the present tense lays on someone.
DUTY_BEFORE = re.compile(
    r"\b(?:(?:phối hợp|cùng|làm việc|trao đổi|thống nhất|hiệp đồng|liên hệ|ký kết|hợp tác)"
    r"(?: (?:chặt chẽ|tốt|thường xuyên))?(?: với| cùng)?|gửi(?: về| đến| cho| tới)?"
    rf"|{_SUBMIT}|báo cáo"
    r"|xin ý kiến|lấy ý kiến|ý kiến(?: bằng văn bản)?(?: của)?|tham mưu(?: cho)?|thông báo(?: cho)?"
    r"|chỉ đạo|hướng dẫn|lãnh đạo(?! (?:tỉnh|sở|các|ubnd|cơ quan))|kiểm tra|giúp|chủ trì|thông qua"
    r"|đồng ý của"
    r"|phê duyệt của|cung cấp(?: cho)?|triển khai|(?:trách nhiệm|nhiệm vụ|thẩm quyền) của)\b"
)
# Said of the name itself, right before it.
RIGHT_BEFORE = re.compile(r"\b(?:do|tại|qua|thuộc|ở|với|tới|đến)(?: các)? $")
DUTY_AFTER = re.compile(
    r"\b(?:chủ trì|phối hợp|xây dựng|tổ chức|báo cáo|thẩm định|tham mưu|triển khai|gửi|bố trí|cử"
    r"|chuẩn bị|cho ý kiến|xem xét|quyết định|phê duyệt|cho phép|là cơ quan|là đơn vị|là đầu mối"
    r"|làm đầu mối|ban hành|tiếp nhận|hướng dẫn|theo dõi|kiểm tra|lãnh đạo|chỉ đạo|thực hiện"
    r"|quản lý|đăng|phát sóng|tuyên truyền|rà soát|tổng hợp"
    rf"|{_SUBMIT}|giải quyết|bảo đảm|đảm bảo"
    r"|hoàn thiện|hoàn thành|thông báo|cung cấp|lập|ký|đón|dự|tham dự|tham gia|giúp|trước ngày)\b"
)
DONE = re.compile(r"\b(?:đã|từng|vừa qua|thành công)\b")
STILL = re.compile(rf"\b(?:{_ASKS}|hiện nay|hiện đang|thời gian tới|đang)\b")
RESULTS = re.compile(r"kết quả|tình hình|đánh giá|thực hiện các nhiệm vụ")

# The title of a paper without number, as far as the name in it: “Quy chế phối hợp giữa …”.
TITLE = re.compile(
    r"\b(?:Quy chế|Chương trình|Kế hoạch|Biên bản|Bản ghi nhớ|Thỏa thuận|Nghị quyết|Quyết định"
    r"|Công văn|Tờ trình|Thông báo|Báo cáo|Quy định|Kết luận|Hướng dẫn|Văn bản)"
    r"(?: [^.;:,“”]{0,120}?)? (?:giữa|của)(?: [^.;:“”]{0,120}?)? $"
)
# Such a paper is to be made: the name is of those who will sign.
MAKING = re.compile(
    rf"\b(?:xây dựng|soạn thảo|ký kết|ký|ban hành|{_SUBMIT}|sửa đổi)\b(?! tốt)"
    r"(?: (?!đã)\w+){0,4} $"
)
# A name that is all there is of a line: a heading, an entry of a list, a signature.
ALONE_BEFORE = re.compile(
    r"(?:[-–•+] ?|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)] ?|[a-zđ]\) ?|[ivx]{1,5}\. )?"
    r"(?:(?:tm|kt|tl|t/m|tuq|q)\.? )?"
    r"(?:chủ tịch|giám đốc|lãnh đạo|các đồng chí|trưởng|chánh văn phòng|các)? ?$"
)
ALONE_AFTER = re.compile(r"[^\w]*(?::.*)?$", re.DOTALL)
