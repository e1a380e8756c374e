import { expect, test } from 'vitest';
import { parseNames } from '../../../src/domain/typed/names.ts';

test.each([
  ['1. Người Thị Một; nữ; Hội Phụ nữ', { full_name: 'Người Thị Một', sex: 'nu', org_title: 'Hội Phụ nữ' }],
  ['2) Người Văn Hai', { full_name: 'Người Văn Hai', sex: 'nam', org_title: '' }],
  ['3\tNgười Ba\tNam\tThôn 2', { full_name: 'Người Ba', sex: 'nam', org_title: 'Thôn 2' }],
  ['Người Thị Chín, nữ, CTV', { full_name: 'Người Thị Chín', sex: 'nu', org_title: 'CTV' }],
  ['Người Mười - Hội phụ nữ', { full_name: 'Người Mười', sex: '', org_title: 'Hội phụ nữ' }],
  ['STT 6 Người Thị Hai', { full_name: 'Người Thị Hai', sex: 'nu', org_title: '' }],
  ['  Người   Bốn  ', { full_name: 'Người Bốn', sex: '', org_title: '' }],
  ['Người Thị Năm; Nam', { full_name: 'Người Thị Năm', sex: 'nam', org_title: '' }],
  ['Người Sáu'.normalize('NFD'), { full_name: 'Người Sáu', sex: '', org_title: '' }],
])('%j is read as one person', (line, expected) => expect(parseNames(line)).toEqual([expected]));

test('blank lines and bare numbers are nobody', () =>
  expect(parseNames('\n1.\n\n  \nNgười Bảy\r\nNgười Tám\n').map(({ full_name }) => full_name)).toEqual([
    'Người Bảy',
    'Người Tám',
  ]));
