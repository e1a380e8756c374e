import { expect, test } from 'vitest';
import { looksLikeHome, looksLikePlace, looksPersonal } from '../../../src/domain/privacy/suspect.ts';

test.each([
  ['Liên hệ 0912345678 để biết thêm', true],
  ['gọi 091 234 56 78', true],
  ['+84912345678', true],
  ['CCCD 042180001234', true],
  ['CMND 183456789', true],
  ['Chị Hoa là người báo tin', true],
  ['số nhà 12 đường lớn', true],
  ['ＣＣＣＤ ０４２１８０００１２３４', true],
  ['số định danh 042 180 001 234', true],
  ['số 12, ngõ 3, tổ dân phố 5', true],
  ['hẻm 24 đường lớn', true],
  ['CHỊ HOA báo tin', true],
  ['anh Nam'.normalize('NFD'), true],
  ['CHỊ EM PHỤ NỮ THÔN 3', false],
  ['tài trợ 138.800.000.000 đồng', false],
  ['nhà văn hóa đường 3/2', false],
  ['các chị em phụ nữ thôn 3', false],
  ['chị em tham gia đông', false],
  ['bảo vệ trẻ em Việt Nam', false],
  ['kinh phí 138.800.000 đồng', false],
  ['năm 2019, 1650 lượt người', false],
  ['Văn bản số 405/LĐTBXH-BĐG', false],
])('%s: personal is %s', (text, expected) => expect(looksPersonal(text)).toBe(expected));

test('a culture house is no home, somebody’s house is', () => {
  expect(looksLikeHome('Nhà văn hóa thôn 3')).toBe(false);
  expect(looksLikeHome('nhà bà trưởng thôn')).toBe(true);
});

test.each([
  ['Nhà tạm lánh tại cộng đồng số 01 – thị xã Hồng Lĩnh', false],
  ['Nhà tạm lánh số 02 – thị trấn Phố Châu', false],
  ['Nhà tạm lánh thôn Đông Hà', true],
  ['Nhà tạm lánh đường Trần Phú', true],
  ['Nhà tạm lánh nhà bà Hoa', true],
])('%s leads to its door is %s', (name, expected) => expect(looksLikePlace(name)).toBe(expected));
