"""Sentences that name a body which has changed, by what they do with it: our own, in our words."""

from __future__ import annotations

# Left alone: another document's title or issuer, a quotation.
QUOTED = [
    "Căn cứ Quyết định số 11/2016/QĐ-UBND ngày 17/02/2016 của Ủy ban nhân "
    "dân tỉnh Bắc Giang về giá đất;",
    "Thực hiện Công văn số 215/UBND-NC ngày 12/3/2024 của Ủy ban nhân dân "
    "huyện Cao Lộc về việc mở lối đi;",
    "Căn cứ Hướng dẫn số 05-HD/BĐNTW ngày 26/3/2019 của Ban Đối ngoại "
    "Trung ương thực hiện Quy chế;",
    "Quy chế phối hợp giữa Sở Ngoại vụ và Bộ Chỉ huy Bộ đội Biên phòng tỉnh gồm 09 Điều.",
    "Theo Báo cáo của Sở Kế hoạch và Đầu tư, vốn viện trợ đạt 60 tỷ đồng.",
    "Khoản 2 Điều 16 ghi: “Ban Tuyên giáo Tỉnh ủy chủ trì phối hợp với Sở "
    "Ngoại vụ định hướng tuyên truyền”.",
    "Quy chế nêu: \"Ban cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo Sở Ngoại vụ\".",
    "Biên bản ghi nhớ giữa UBND huyện Lộc Bình và huyện Ninh Minh còn 02 nội dung.",
    "Thông báo của Ban cán sự đảng UBND tỉnh về kết luận cuộc họp được lưu tại hồ sơ.",
    "Quyết định số 19/2019/QĐ-UBND ngày 05/5/2019 của UBND tỉnh về chức "
    "năng của Sở Thông tin và Truyền thông",
]  # fmt: skip

# Left alone: it tells of the time before the change, or of the change itself.
HISTORICAL = [
    "Năm 2020, Bộ Chỉ huy BĐBP tỉnh đã phối hợp với Sở Ngoại vụ khảo sát 57 khu vực.",
    "Trước đây, Ban Tuyên giáo Tỉnh ủy chủ trì việc này.",
    "Ông Lý Văn Tài, nguyên Giám đốc Sở Kế hoạch và Đầu tư, dự buổi gặp.",
    "Đồng chí Hoàng Thị Mai, nguyên Phó Chủ tịch UBND huyện Tràng Định.",
    "Sở Thông tin và Truyền thông (cũ) đã bàn giao hồ sơ.",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh (nay là Ban Chỉ huy Bộ đội Biên phòng) quản lý 12 đồn.",
    "Từ ngày 01/7/2025, tỉnh Bắc Giang hợp nhất với tỉnh Bắc Ninh.",
    "Sở Tài chính được hợp nhất từ Sở Kế hoạch và Đầu tư và Sở Tài chính cũ.",
    "Giai đoạn 2016 - 2020, Sở LĐTB&XH đưa 1.200 lao động đi làm việc ở nước ngoài.",
    "Trong năm 2023 UBND các huyện biên giới tổ chức 14 cuộc hội đàm.",
    "Ngày 12/5/2023, Ban cán sự đảng UBND tỉnh cho ý kiến về đề án.",
    "Khi đó Sở TT&TT là cơ quan chủ trì công tác thông tin đối ngoại.",
    "Các thỏa thuận nhân danh UBND huyện được ký kết trước ngày 01/7/2025 vẫn còn hiệu lực.",
    "Sở đã phối hợp với UBND các huyện biên giới giải quyết 16 vụ việc.",
    "UBND huyện Văn Lãng đã tổ chức Lễ hội cửa khẩu.",
    "Tháng 3/2024, Đài Phát thanh và Truyền hình tỉnh phát 04 phóng sự.",
    "Sau khi kết thúc hoạt động của cấp huyện, hồ sơ được chuyển về Sở.",
    "Phòng Quản lý biên giới được đổi tên từ ngày Quyết định có hiệu lực.",
    "Năm ngoái, Sở Giao thông vận tải cấp 300 giấy phép liên vận.",
    "Sở Nội vụ tiếp nhận nhiệm vụ của Sở Lao động - Thương binh và Xã hội về lao động nước ngoài.",
    "Thanh tra Sở Ngoại vụ không còn trong cơ cấu tổ chức.",
    "Trước sắp xếp, tỉnh có 10 huyện và 01 thành phố.",
    "UBND tỉnh đã có công văn đề nghị Sở Kế hoạch và Đầu tư thẩm định trong năm 2022.",
    "Trước ngày 01/7/2025, UBND huyện Cao Lộc quản lý 03 lối mở.",
    "Theo yêu cầu của UBND tỉnh, năm 2020, Bộ Chỉ huy BĐBP tỉnh đã phối hợp với Sở.",
    "Nơi nhận:\n- Như trên;\nNăm 2020, Bộ Chỉ huy BĐBP tỉnh đã phối hợp với Sở khảo sát.",
    "Đoàn cán bộ do đồng chí Bí thư Huyện ủy Cao Lộc dẫn đầu đã thăm Quảng Tây năm 2019.",
]  # fmt: skip

# A finding: it asks something of the body, or writes to it.
ADDRESSED = [
    "Kính gửi: Ban cán sự đảng UBND tỉnh.",
    "Kính gửi:\n- Sở Nội vụ;\n- Sở Kế hoạch và Đầu tư.",
    "Nơi nhận:\n- Như trên;\n- UBND các huyện, thành phố;\n- Lưu: VT, LSQLBG.",
    "Nơi nhận:\n- Bộ CHBP tỉnh;\n- Lưu: VT.",
    "Giao Sở Thông tin và Truyền thông chủ trì đưa tin về chuyến thăm.",
    "Đề nghị Bộ Chỉ huy BĐBP tỉnh bố trí lực lượng bảo vệ đoàn.",
    "Đề nghị UBND các huyện báo cáo kết quả năm 2024 về Sở Ngoại vụ.",
    "Sở Ngoại vụ chủ trì, phối hợp với Ban Tuyên giáo Tỉnh ủy xây dựng kế hoạch tuyên truyền.",
    "Yêu cầu UBND huyện Lộc Bình hoàn thành trước ngày 15/12/2026.",
    "Trình Ban cán sự đảng UBND tỉnh xem xét, cho ý kiến.",
    "Hồ sơ gửi Sở Kế hoạch và Đầu tư thẩm định nguồn vốn.",
    "Ban cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo việc thực hiện.",
    "Đoàn sẽ làm việc với Ban Đối ngoại Trung ương về chương trình hợp tác.",
    "3. UBND các huyện biên giới",
    "4. Đài Phát thanh và Truyền hình tỉnh: Xây dựng phóng sự phục vụ Hội nghị.",
    "TM. BAN CÁN SỰ ĐẢNG",
    "BỘ CHỈ HUY BĐBP TỈNH LẠNG SƠN",
    "Kính mời lãnh đạo Sở LĐ-TB&XH dự họp.",
    "Thời gian tới, Sở tiếp tục phối hợp với UBND các huyện biên giới tuyên truyền pháp luật.",
    "Sở Giao thông vận tải có trách nhiệm bảo đảm phương tiện cho đoàn.",
    "Phòng Quản lý biên giới chủ trì, tham mưu Lãnh đạo Sở.",
    "Phân công Thanh tra Sở theo dõi, kiểm tra việc thực hiện.",
    "Báo cáo gửi Bộ Tài nguyên và Môi trường trước ngày 30/11/2026.",
    "Lấy ý kiến bằng văn bản của Bộ NN&PTNT về dự án.",
    "Hồ sơ khen thưởng gửi về Ban Thi đua - Khen thưởng Trung ương.",
    "Căn cứ kết quả đã đạt được, đề nghị Sở KH&ĐT cân đối kinh phí năm 2027.",
    "Các cơ quan sau có trách nhiệm thực hiện:\n- Ban Dân vận Tỉnh ủy;\n- Công an tỉnh.",
    "Hội nghị được tổ chức tại huyện Cao Lộc trong tháng 12/2026.",
    "Kế hoạch đoàn ra của tỉnh Bắc Giang năm 2027 do Sở Ngoại vụ tổng hợp.",
    "Mời đại diện Đảng đoàn HĐND tỉnh tham dự.",
    "Xin ý kiến Thường trực Tỉnh ủy Bắc Giang trước khi ban hành.",
    "Trước ngày 15/12/2026, UBND huyện Cao Lộc gửi báo cáo về Sở.",
    "Theo đề nghị của Sở Ngoại vụ, UBND huyện Cao Lộc báo cáo.",
    "Giao UBND huyện Cao Lộc phối hợp với phía Quảng Tây, Trung Quốc giải quyết.",
    "Giao huyện Cao Lộc phối hợp với huyện Ninh Minh, Quảng Tây giải quyết.",
    "Các huyện biên giới cần tuyên truyền về biên giới Việt Nam - Trung Quốc.",
    "Chính quyền các huyện biên giới phối hợp với Quảng Tây.",
    "Nhà tài trợ liên hệ với Huyện ủy Chi Lăng để khảo sát.",
]  # fmt: skip

# No body that has changed: names of today, other words, other countries.
NOT_NAMED = [
    "Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì công tác tuyên truyền.",
    "Kính gửi: Ban Chỉ huy Bộ đội Biên phòng, Bộ Chỉ huy quân sự tỉnh.",
    "Giao tỉnh Bắc Ninh chủ trì.",
    "Trên cơ sở kế hoạch và đầu tư công đã duyệt, đề nghị cấp kinh phí.",
    "Phòng Hợp tác quốc tế - Văn phòng chủ trì.",
    "Phòng Lãnh sự - Quản lý biên giới tham mưu.",
    "Đoàn thăm huyện Long Châu, Quảng Tây, Trung Quốc.",
    "Ký kết với 02 địa phương cấp huyện, thành phố của Nhật Bản.",
    "Phối hợp công tác đảng, đoàn thể trong cơ quan.",
    "Giao Bộ Tư lệnh Bộ đội Biên phòng chủ trì.",
    "Trao đổi với các huyện, thị phía đối diện của Quảng Tây.",
    "Tỉnh Hà Nam, Trung Quốc mời đoàn dự hội chợ.",
    "Giao Sở Văn hóa, Thể thao và Du lịch và Sở Tài chính.",
    "Báo và Phát thanh, Truyền hình Lạng Sơn đưa tin.",
    "Đoàn của huyện Ninh Minh, thành phố Sùng Tả, Quảng Tây sẽ thăm tỉnh.",
    "Đề nghị Thị ủy Bằng Tường xem xét.",
    "Sở làm việc với huyện Bằng Tường.",
    "Mời huyện Long Châu và huyện Đại Tân dự hội.",
    "Đoàn huyện đảo Kim Môn, Đài Loan đến thăm.",
    "Mời lãnh đạo các quận, huyện của Nam Ninh.",
    "Chính quyền nhân dân huyện Tân Giang cử đoàn.",
    "Phía Quảng Tây cử huyện Tân Giang làm đầu mối.",
    "Mời các huyện Ninh Minh, Long Châu và thị xã Bằng Tường.",
    "Phía bạn: Thị trưởng, Phòng Hợp tác quốc tế.",
]  # fmt: skip
