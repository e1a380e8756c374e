import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viReport } from '../../src/app/text/vi-report.ts';
import { tasks2019 } from '../../src/domain/guideline/tasks-2019.ts';
import { figuresLists } from '../../src/domain/records/figures-lists.ts';
import { isKind, kinds } from '../../src/domain/records/kinds.ts';
import { lists } from '../../src/domain/records/lists.ts';
import { modelLists } from '../../src/domain/records/model-lists.ts';
import { trainingLists } from '../../src/domain/records/training-lists.ts';
import { outlineOf } from '../../src/domain/report/outline.ts';
import { reportTypes } from '../../src/domain/report/tile.ts';
import { unitLevels } from '../../src/domain/unit.ts';

const page = readFileSync('docs/guideline.md', 'utf8');
const router = readFileSync('src/app/shell/app.tsx', 'utf8');
const lines = [...page.matchAll(/^\| ([\w.Đ ]+?) +\|.*$/gm)];
const all: Readonly<Record<string, readonly string[]>> = {
  ...lists,
  ...trainingLists,
  ...modelLists,
  ...figuresLists,
};

test('every task of the guideline has its line, and no line names a task twice', () => {
  const codes = lines.map(([, code]) => code);
  expect(codes).toEqual([...new Set(codes)]);
  for (const code of tasks2019) expect(codes).toContain(code);
  for (const actor of Array.from({ length: 11 }, (_, i) => `III.${i + 1}`)) expect(codes).toContain(actor);
});

/** What a code in back quotes says is there. */
const isThere: Readonly<Record<string, (name: string) => boolean>> = {
  kind: isKind,
  field: (name) => {
    const [kind = '', field = ''] = name.split('.');
    return isKind(kind) && Object.hasOwn(kinds[kind].fields, field);
  },
  list: (name) => {
    const [list = '', code = ''] = name.split('.');
    return all[list]?.includes(code) === true;
  },
  table: (name) => name === 'own' || Object.hasOwn(viReport.tables, name),
  section: (name) => outlineOf('year').some(({ code }) => code === name),
  report: (name) => (reportTypes as readonly string[]).includes(name),
  level: (name) => (unitLevels as readonly string[]).includes(name),
  screen: (name) => router.includes(`path="/${name.split('/')[1]}`),
  file: existsSync,
};

test('whatever a line names is in the app', () => {
  const named = [...page.matchAll(/`(\w+):([^`]+)`/g)];
  expect(named.length).toBeGreaterThan(80);
  for (const [token, sort = '', name = ''] of named)
    expect(isThere[sort]?.(name), `${token} is nowhere`).toBe(true);
});

test('every line says where', () => {
  for (const [line] of lines) expect(line.split('|')[3]?.trim(), line).not.toBe('');
});
