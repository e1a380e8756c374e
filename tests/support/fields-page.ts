import { format, resolveConfig } from 'prettier';
import { en } from '../../src/app/text/en.ts';
import { enMore } from '../../src/app/text/en-more.ts';
import { vi } from '../../src/app/text/vi.ts';
import { viMore } from '../../src/app/text/vi-more.ts';
import type { Field } from '../../src/domain/records/field.ts';
import { kindNames, kinds } from '../../src/domain/records/kinds.ts';
import type { Kind } from '../../src/domain/records/kinds.ts';

/** docs/fields.md: every kind of record with its fields, as the app declares them. */

type Dictionary = Readonly<Record<string, Readonly<Record<string, string>>>>;

const labels = (kind: Kind, name: string): readonly [string, string] => {
  const of = (own: Dictionary, shared: Readonly<Record<string, string>>): string =>
    own[kind]?.[name] ?? shared[name] ?? '';
  return [
    of(viMore.kindFields, { ...vi.fields, ...viMore.fields }),
    of(enMore.kindFields, { ...en.fields, ...enMore.fields }),
  ];
};

const columnLabels = (name: string, column: string): readonly [string, string] => [
  (viMore.columns as Dictionary)[name]?.[column] ?? '',
  (enMore.columns as Dictionary)[name]?.[column] ?? '',
];

const asked = ({ required, shown, hidden, by }: Field): string => {
  if (hidden === true) return 'by the app';
  if (by === 'reviewer') return 'by the reviewer';
  const always = required !== undefined && required({}) && shown === undefined;
  if (always) return 'yes';
  if (required !== undefined) return 'depends';
  return shown === undefined ? 'no' : 'no, shown when it applies';
};

const limits = ({ min, max, past, since, codes, list, unique, phone, type }: Field): string =>
  [
    ...(list === undefined || codes === undefined ? [] : [`\`${list}\` (${codes.length} values)`]),
    ...(min === undefined ? [] : [`from ${min}`]),
    ...(max === undefined
      ? []
      : [
          type === 'rows' || type === 'choices' || type === 'evidence' || type === 'tags'
            ? `at most ${max}`
            : `to ${max}`,
        ]),
    ...(past === true ? ['not in the future'] : []),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(unique === undefined ? [] : [`no two with the same ${unique.join(' and ')}`]),
    ...(phone === true ? ['a telephone number'] : []),
  ].join('; ');

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const heads = ['Field', 'Nhãn', 'Label', 'Type', 'Required', 'Limits', 'Privacy', 'Merges with'];

const rowsOf = (kind: Kind): string[] =>
  Object.entries(kinds[kind].fields).flatMap(([name, field]) => [
    line([
      `\`${name}\``,
      ...labels(kind, name),
      field.type,
      asked(field),
      limits(field),
      field.privacy,
      field.group ?? '',
    ]),
    ...Object.entries(field.columns ?? {}).map(([column, of]: [string, Field]) =>
      line([
        `\`${name}.${column}\``,
        ...columnLabels(name, column),
        of.type,
        asked(of),
        limits(of),
        of.privacy,
        '',
      ]),
    ),
  ]);

const about = (kind: Kind): string[] => {
  const { parent, companion, strict, code } = kinds[kind];
  return [
    ...(parent === undefined ? [] : [`Belongs to a ${parent.kind} through \`${parent.field}\`.`]),
    ...(companion === undefined ? [] : [`Written in one form with its ${companion}.`]),
    ...(strict === true ? ['Signs of personal data stop it.'] : []),
    ...(code === undefined ? [] : [`The server gives it a code that begins with ${code}.`]),
  ];
};

/** What stands around every record; it is not declared but part of its state. */
const around: readonly (readonly [string, string, string, string, string])[] = [
  ['id', 'Mã bản ghi', 'Record id', 'made on the device, never changes', 'P1'],
  ['code', 'Mã lớp, mã mô hình', 'Class code, model code', 'given by the server at receipt', 'P1'],
  ['kind', 'Loại bản ghi', 'Record type', 'one of the kinds below', 'P1'],
  ['schema', 'Phiên bản biểu mẫu', 'Schema version', 'travels with each sync', 'P1'],
  ['unit', 'Đơn vị (xã)', 'Unit', 'exists on the record’s first day, within the person’s scope', 'P0'],
  ['state', 'Trạng thái duyệt', 'Review state', 'submitted, returned, approved, locked, void', 'P1'],
  ['comment', 'Ý kiến người duyệt', 'Reviewer’s note', 'required to return or void; to 500', 'P1'],
  ['authors', 'Người nhập', 'Authors', 'numbers of accounts, no names', 'P1'],
  ['made', 'Giờ máy khi lưu', 'Device time', 'data, orders nothing', 'P1'],
];

const rulesOf = (): string[] => [
  line(['Code', 'Lời nhắn', 'Message']),
  line(['---', '---', '---']),
  ...Object.entries(viMore.errors).map(([code, text]) =>
    line([`\`${code}\``, text, (enMore.errors as Readonly<Record<string, string>>)[code] ?? '']),
  ),
  '',
];

const listsOf = (): string[] => {
  const vietnamese = { ...vi.lists, ...viMore.lists } as Dictionary;
  const english = { ...en.lists, ...enMore.lists } as Dictionary;
  return Object.entries(vietnamese).flatMap(([list, values]) => [
    `### ${list}`,
    '',
    line(['Value', 'Nhãn', 'Label']),
    line(['---', '---', '---']),
    ...Object.entries(values).map(([code, name]) => line([`\`${code}\``, name, english[list]?.[code] ?? ''])),
    '',
  ]);
};

export const fieldsPage = async (): Promise<string> => {
  const page = [
    '# Fields',
    '',
    'Made from the declarations in `src/domain/records/` and the message files by `npm run fields`; do not edit. Privacy:',
    'P0 public after approval, P1 internal, P2 for named roles only. Fields with the same word under “Merges with” are',
    'bound by a rule and travel together.',
    '',
    '## Around every record',
    '',
    line(['Field', 'Nhãn', 'Label', 'What it is', 'Privacy']),
    line(['---', '---', '---', '---', '---']),
    ...around.map(([name, ...cells]) => line([`\`${name}\``, ...cells])),
    '',
    ...kindNames.flatMap((kind) => [
      `## ${kind}: ${viMore.kinds[kind]}`,
      '',
      ...about(kind),
      '',
      line(heads),
      line(heads.map(() => '---')),
      ...rowsOf(kind),
      '',
    ]),
    '## Rules',
    '',
    'What a check may find: E_ stops submitting, W_ is pointed out and stays with the record.',
    '',
    ...rulesOf(),
    '## Lists',
    '',
    ...listsOf(),
  ].join('\n');
  return format(page, { ...(await resolveConfig('docs/fields.md')), parser: 'markdown' });
};
