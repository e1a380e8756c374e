import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';

/** The guideline's tasks in its own words, shortened. */
export const tasks: Record<TaskCode, string> = {
  'II.1': 'Truyền thông thúc đẩy bình đẳng giới, đặc biệt là trong lĩnh vực chính trị',
  'II.1.a': 'Xây dựng kế hoạch tuyên truyền và tổ chức thực hiện',
  'II.1.a.1': 'Trong đó ưu tiên lĩnh vực chính trị',
  'II.1.a.2':
    'Hướng tới Đại hội Đảng các cấp và bầu cử Đại biểu Quốc hội khóa XV và Hội đồng nhân dân các cấp nhiệm kỳ 2021 – 2025',
  'II.1.a.3':
    'Trên hệ thống Đài Phát thanh – Truyền hình, cụm truyền thanh cấp xã, qua hội họp, tập huấn, hội thảo',
  'II.1.b':
    'Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới từ ngày 15/11/2019 đến ngày 15/12/2019',
  'II.1.b.1': 'Theo hướng dẫn của Bộ Lao động - Thương binh và Xã hội',
  'II.2': 'Nâng cao năng lực quản lý nhà nước về bình đẳng giới',
  'II.2.a':
    'Kỹ năng về lồng ghép vấn đề bình đẳng giới trong xây dựng văn bản quy phạm pháp luật cho cán bộ làm công tác pháp chế',
  'II.2.b':
    'Đội ngũ cán bộ thanh tra, tư pháp, phóng viên, biên tập viên, thành viên Ban vì sự tiến bộ phụ nữ các cấp huyện',
  'II.2.b.1': 'Cán bộ làm công tác Lao động - Thương binh và Xã hội và cộng tác viên cấp xã',
  'II.2.c':
    'Chiến lược, quy hoạch kế hoạch phát triển kinh tế - xã hội địa phương cho các sở, ngành, đoàn thể, địa phương, đơn vị, doanh nghiệp',
  'II.3': 'Tổ chức triển khai hiệu quả các Chương trình, Đề án về bình đẳng giới',
  'II.3.a': 'Rà soát việc thực hiện các mục tiêu Chương trình quốc gia về bình đẳng giới',
  'II.3.b':
    'Đánh giá để nhân rộng các mô hình hiệu quả về bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới',
  'II.3.c': 'Kiểm tra, thanh tra, xử lý vi phạm về bình đẳng giới',
  'II.3.c.1': 'Tổ chức sơ, tổng kết để kịp thời khen thưởng, biểu dương các cá nhân, tổ chức',
  'II.4':
    'Dự án Hỗ trợ thực hiện các mục tiêu quốc gia về bình đẳng giới thuộc Chương trình mục tiêu Phát triển hệ thống trợ giúp xã hội giai đoạn 2016 – 2020',
  'II.4.a': 'Căn cứ kinh phí được giao xây dựng kế hoạch',
  'II.4.a.1': 'Chủ động bố trí kinh phí địa phương hoặc lồng ghép',
  'II.4.b': 'Thông tư số 98/2017/TT-BTC ngày 29/9/2017 của Bộ Tài chính',
  'II.5': 'Tăng cường công tác phối hợp liên ngành',
  'II.5.a': 'Phối hợp liên ngành, kiểm tra, xây dựng và đề xuất chính sách',
  'II.5.b': 'Chia sẻ kinh nghiệm trong nước và quốc tế về bình đẳng giới',
  'II.5.c': 'Đẩy mạnh xã hội hóa, huy động nguồn lực hợp pháp từ các cơ quan, tổ chức trong nước và quốc tế',
  'III.1.a': 'Phối hợp, chỉ đạo, hướng dẫn UBND các huyện, thành phố, thị xã xây dựng kế hoạch',
  'III.1.b':
    'Thực hiện có hiệu quả Mục tiêu 2, Mục tiêu 7 (chỉ tiêu 7.3, 7.4, 7.5) của Chương trình hành động quốc gia vì bình đẳng giới giai đoạn 2016-2020',
  'III.1.c': '“Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2019”',
  'III.1.d':
    'Hướng dẫn, triển khai các mô hình phòng chống bạo lực trên cơ sở giới, mô hình Nhà tạm lánh tại cộng đồng',
  'III.1.e':
    'Tham mưu UBND tỉnh tổ chức kiểm tra, giám sát, đánh giá kết quả thực hiện Luật Bình đẳng giới, Chiến lược quốc gia',
  'III.2.a':
    'Quy hoạch, tạo nguồn cán bộ nữ, tỷ lệ nữ để bổ nhiệm các chức danh trong các cơ quan nhà nước, tỷ lệ nữ tham gia cấp ủy Đảng các cấp nhiệm kỳ 2020-2025, Hội đồng nhân dân các cấp nhiệm kỳ 2021-2025',
  'III.2.b':
    'Xây dựng các nội dung tuyên truyền để chuẩn bị Đại hội Đảng và bầu cử Hội đồng nhân dân các cấp',
  'III.3.a':
    'Lồng ghép đưa nội dung về giới, giới tính, sức khỏe sinh sản, bình đẳng giới vào bồi dưỡng cho giáo viên, giảng viên; giảng dạy cho học sinh, sinh viên',
  'III.3.b': 'Ưu tiên trẻ gái và phụ nữ trong các đợt, kỳ thi tuyển, đào tạo, bồi dưỡng',
  'III.4.a': 'Đề án kiểm soát mất cân bằng giới tính khi sinh giai đoạn 2016 – 2020',
  'III.4.a.1':
    'Đề án xã hội hóa cung cấp phương tiện tránh thai và dịch vụ kế hoạch hóa gia đình/sức khỏe sinh sản tại khu vực thành thị và nông thôn giai đoạn 2015 – 2020',
  'III.4.b':
    'Các chương trình tiêm chủng mở rộng, phòng chống suy dinh dưỡng, chăm sóc sức khỏe sinh sản cho phụ nữ mang thai',
  'III.4.c':
    'Tuyên truyền, cảnh báo và chủ động kiểm soát, giải quyết nguyên nhân làm mất cân bằng giới tính trẻ em sơ sinh',
  'III.4.d':
    'Tăng cường đào tạo, nâng cao trình độ chuyên môn nghiệp vụ, đạo đức nghề nghiệp cho đội ngũ thầy thuốc',
  'III.5.a': 'Tăng thời lượng phát sóng, tin bài phản ánh về các hoạt động bình đẳng giới',
  'III.5.b': 'Xử lý nghiêm các đơn vị, cá nhân có hành vi xuất bản các ấn phẩm, sản phẩm có định kiến giới',
  'III.6.a':
    'Kế hoạch số 14/KH-UBND ngày 16/01/2015 của UBND tỉnh về việc thực hiện Quyết định số 215/QĐ-TTg ngày 06/02/2014',
  'III.6.b':
    'Các hoạt động can thiệp phòng chống bạo lực trên cơ sở giới; lồng ghép các nội dung bình đẳng giới vào các thiết chế văn hóa',
  'III.6.c':
    'Thanh tra, kiểm tra, xử lý kịp thời các cơ sở sản xuất, kinh doanh, tàng trữ, xuất bản, phát hành các sản phẩm văn hóa có nội dung định kiến giới',
  'III.7.a':
    'Tổ chức tập huấn, bồi dưỡng nghiệp vụ bình đẳng giới cho đội ngũ cán bộ làm công tác tư pháp và cộng tác viên',
  'III.7.b': 'Hướng dẫn đánh giá, lồng ghép vấn đề bình đẳng giới trong xây dựng văn bản quy phạm pháp luật',
  'III.8': 'Căn cứ chức năng, nhiệm vụ chủ động xây dựng kế hoạch, tổ chức triển khai thực hiện',
  'III.9': 'Đề nghị Ủy ban MTTQ tỉnh và các tổ chức đoàn thể',
  'III.9.a':
    'Đẩy mạnh công tác tuyên truyền, giáo dục nhằm nâng cao nhận thức về bình đẳng giới cho cán bộ, hội viên',
  'III.9.b': 'Tăng cường công tác giám sát, phản biện',
  'III.10.a':
    'Xây dựng và nhân rộng các mô hình phòng chống bạo lực trên cơ sở giới, mô hình Nhà tạm lánh tại cộng đồng',
  'III.10.b':
    'Tăng cường công tác tuyên truyền nâng cao nhận thức về bình đẳng giới, đặc biệt là các nội dung tuyên truyền về công tác chuẩn bị Đại hội Đảng và bầu cử Hội đồng nhân dân các cấp nhiệm kỳ 2021 - 2025',
  'III.10.c': 'Tỷ lệ nữ tham gia cấp ủy Đảng nhiệm kỳ 2020-2025, Hội đồng nhân dân nhiệm kỳ 2021-2025',
  'III.11.1': 'Các sở, ban, ngành, đơn vị cấp tỉnh và UBND các huyện, thành phố, thị xã báo cáo',
  'III.11.2': 'Để tổng hợp báo cáo Trung ương và UBND tỉnh theo quy định',
};
