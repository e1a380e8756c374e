import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApi } from '../../src/server/http/openapi.ts';
import { problems } from '../../src/domain/problem.ts';
import { en } from '../../src/app/text/en.ts';
import { enReport } from '../../src/app/text/en-report.ts';
import { viPaper } from '../../src/app/text/vi-paper.ts';
import { viReport } from '../../src/app/text/vi-report.ts';
import { enMore } from '../../src/app/text/en-more.ts';
import { vi } from '../../src/app/text/vi.ts';
import { viMore } from '../../src/app/text/vi-more.ts';
import { kindNames, kinds } from '../../src/domain/records/kinds.ts';
import { lists } from '../../src/domain/records/lists.ts';
import { figuresLists } from '../../src/domain/records/figures-lists.ts';
import { modelLists } from '../../src/domain/records/model-lists.ts';
import { trainingLists } from '../../src/domain/records/training-lists.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

test('every path that ARCHITECTURE.md and README.md name exists', () => {
  const named = ['ARCHITECTURE.md', 'README.md'].flatMap((file) => [
    ...[...read(file).matchAll(/`((?:src|sw|tests|docs|public)\/[^`\s]*|vite\.config\.ts)`/g)].map(
      (match) => match[1],
    ),
    ...[...read(file).matchAll(/(?:\]\(|src=")((?!http)[^)"#]+)/g)].map((match) => match[1]),
  ]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path ?? ''))).toEqual([]);
});

test('docs/protocol.md names every problem and every address of the API', () => {
  const page = read('docs/protocol.md');
  for (const code of Object.keys(problems)) expect(page).toContain(code);
  const { paths } = openApi('0') as { paths: object };
  for (const path of Object.keys(paths))
    expect(page).toContain(path.startsWith('/api/v1/admin') ? '/api/v1/admin/' : path);
});

const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

test('both languages have the same blanks to fill in, and Vietnamese is written with its marks', () => {
  const [vietnamese, english] = [
    leaves({ ...vi, more: viMore, report: viReport }),
    new Map(leaves({ ...en, more: enMore, report: enReport })),
  ];
  for (const [path, text] of vietnamese) expect(blanks(english.get(path) ?? ''), path).toEqual(blanks(text));
  expect(vietnamese.filter(([, text]) => text !== text.normalize('NFC'))).toEqual([]);
});

test('every field and every code of a list has a name', () => {
  const shared = { ...vi.fields, ...viMore.fields };
  for (const kind of kindNames)
    for (const [name, field] of Object.entries(kinds[kind].fields)) {
      expect({ ...shared, ...viMore.kindFields[kind] }, `${kind}.${name}`).toHaveProperty([name]);
      const columns = (viMore.columns as Record<string, object>)[name];
      expect(Object.keys(columns ?? {}), name).toEqual(Object.keys(field.columns ?? {}));
    }
  const names = { ...vi.lists, ...viMore.lists } as Record<string, Record<string, string>>;
  for (const [list, codes] of Object.entries({ ...lists, ...trainingLists, ...modelLists, ...figuresLists }))
    for (const code of codes) expect(names[list]?.[code], `${list}.${code}`).toBeTruthy();
});

test('no message is left over: every key is named by some source', () => {
  const source = readdirSync('src/app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !/text.(vi|en)/.test(file))
    .map((file) => read(`src/app/${file}`))
    .join('\n');
  const looked = [
    'fields',
    'hints',
    'lists',
    'errors',
    'states',
    'sections',
    'measures',
    'levels',
    'csv',
    'unitLevel',
    'did',
    'roles',
    'notices',
    'kindFields',
    'columns',
    'addRow',
    'kinds',
    'newRecord',
    'editRecord',
    'tables',
    'heads',
    'doubt',
    'actors',
    'record',
    'subject',
    'indicators',
  ];
  const left = leaves({ ...vi, ...viMore, ...viReport, ...viPaper })
    .map(([path]) => path.split('.').slice(1))
    .filter((keys) => !keys.some((key) => looked.includes(key)))
    .filter((keys) => !new RegExp(`\\.${keys.at(-1)}\\b|'${keys.at(-1)}'`).test(source));
  expect(left.map((keys) => keys.join('.'))).toEqual([]);
});
