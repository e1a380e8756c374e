import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIsoDate, parseDate, vietnamDay } from '../../../src/domain/typed/date.ts';
import { fold } from '../../../src/domain/typed/fold.ts';
import { parseCount, parseMoney } from '../../../src/domain/typed/number.ts';
import { lengthOf, parseLongText, parseText } from '../../../src/domain/typed/text.ts';
import { showDate, showNumber } from '../../../src/domain/typed/show.ts';

describe('dates', () => {
  test.each([
    ['1/5/2019', '2019-05-01'],
    ['1.5.19', '2019-05-01'],
    ['ngày 1 tháng 5 năm 2019', '2019-05-01'],
    ['01-05-2019', '2019-05-01'],
    ['01052019', '2019-05-01'],
    ['010519', '2019-05-01'],
    ['１/５/２０１９', '2019-05-01'],
    ['2019-05-01', '2019-05-01'],
    ['29/2/2020', '2020-02-29'],
    ['22/0/2019', undefined],
    ['13/25/2019', undefined],
    ['29/2/2019', undefined],
    ['31/4/2019', undefined],
    ['hôm qua', undefined],
    ['1/5', undefined],
  ])('%s is read as %s', (typed, iso) => expect(parseDate(typed)).toBe(iso));
  test('a day and month alone are of this year', () =>
    expect(parseDate('15/11', '2019-12-31')).toBe('2019-11-15'));
  test('what is shown is read back', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          expect(isIsoDate(iso)).toBe(true);
          expect(parseDate(showDate(iso))).toBe(iso);
        },
      ),
    ));
  test('the day turns at midnight in Vietnam', () => {
    expect(vietnamDay(new Date('2019-11-14T16:59:59Z'))).toBe('2019-11-14');
    expect(vietnamDay(new Date('2019-11-14T17:00:00Z'))).toBe('2019-11-15');
  });
});

describe('counts', () => {
  test.each([
    ['1,200', { value: 1200 }],
    ['1.200', { value: 1200 }],
    ['1 200', { value: 1200 }],
    ['1.234.567', { value: 1_234_567 }],
    ['100 người', { value: 100, stripped: 'người' }],
    ['１２', { value: 12 }],
    ['0', { value: 0 }],
    ['', { value: null }],
    ['  ', { value: null }],
    ['-3', { value: -3 }],
    ['12,5', undefined],
    ['1.2.3', undefined],
    ['1.200,300', undefined],
    ['nhiều', undefined],
    ['2k', undefined],
    ['1 nghìn', undefined],
    ['2 trăm người', undefined],
  ])('%j is read', (typed, read) => expect(parseCount(typed)).toEqual(read));
  test('what is shown is read back', () =>
    fc.assert(
      fc.property(fc.nat(99_999_999), (n) => {
        expect(parseCount(showNumber(n))).toEqual({ value: n });
      }),
    ));
});

describe('money', () => {
  test.each([
    ['5.000.000đ', { value: 5_000_000 }],
    ['5,000,000 VND', { value: 5_000_000 }],
    ['5tr', { value: 5_000_000 }],
    ['1,5 triệu', { value: 1_500_000 }],
    ['1,5 triệu đồng', { value: 1_500_000 }],
    ['500k', { value: 500_000 }],
    ['3 tỷ', { value: 3_000_000_000 }],
    ['1.500.000', { value: 1_500_000 }],
    ['', { value: null }],
    ['1500,5', undefined],
    ['năm triệu', undefined],
    ['5 usd', undefined],
  ])('%j is read', (typed, read) => expect(parseMoney(typed)).toEqual(read));
});

describe('text', () => {
  test('is composed, trimmed and single-spaced', () =>
    expect(parseText('  Lê\u0303   hội \n')).toBe('Lễ hội'));
  test('long text keeps its lines', () => expect(parseLongText(' a  b \r\n c ')).toBe('a b\nc'));
  test('a character beyond the first plane counts once', () => expect(lengthOf('🧡ab')).toBe(3));
});

describe('search', () => {
  test.each([
    ['binh dang gioi', 'Bình đẳng giới'],
    ['hoà', 'hòa'],
    ['ĐƯỜNG', 'đường'],
    ['Cổ Đạm', 'Cỗ Đạm'],
  ])('%s and %s are the same', (a, b) => expect(fold(a)).toBe(fold(b)));
  test('letters of legacy fonts are left alone', () => expect(fold('LÔ ph¸t ®éng')).toBe('lo ph¸t ®eng'));
  test('folding twice changes nothing', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    ));
});
