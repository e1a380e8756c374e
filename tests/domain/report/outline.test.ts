import { describe, expect, test } from 'vitest';
import { tasks2019 } from '../../../src/domain/guideline/tasks-2019.ts';
import { lists } from '../../../src/domain/records/lists.ts';
import type { Kind } from '../../../src/domain/records/kinds.ts';
import type { Fact } from '../../../src/domain/report/fact.ts';
import { groupsOf, outlineOf } from '../../../src/domain/report/outline.ts';

const fact = (kind: Kind, figures: Record<string, unknown>): Fact => ({
  id: 'r',
  kind,
  unit: 'c',
  state: 'approved',
  from: '2019-11-20',
  to: '2019-11-20',
  campaign: 2019,
  received: null,
  of: null,
  plan: null,
  issuedIn: null,
  figures,
});
const sectionsOf = (type: 'year' | 'campaign', one: Fact): string[] =>
  outlineOf(type)
    .filter(({ of }) => of?.(one) === true)
    .map(({ code }) => code);

describe('the text of a report', () => {
  test('tells of every record somewhere, whichever task it serves', () => {
    for (const code of tasks2019)
      expect(sectionsOf('year', fact('activity', { task_codes: [code] })), code).not.toEqual([]);
    expect(sectionsOf('year', fact('activity', {}))).toEqual(['II.1']);
    expect(sectionsOf('year', fact('training', {}))).toEqual(['II.2']);
    expect(sectionsOf('year', fact('model_period', {}))).toEqual(['II.3']);
  });
  test('puts tasks of the departments where the guideline’s five groups have them', () => {
    const groups = (code: string): string[] => [...groupsOf(fact('activity', { task_codes: [code] }))];
    expect(groups('III.5.a')).toEqual(['II.1']);
    expect(groups('III.4.d')).toEqual(['II.2']);
    expect(groups('III.6.c')).toEqual(['II.3']);
    expect(groups('III.10.a')).toEqual(['II.3']);
    expect(groups('III.10.b')).toEqual(['II.1']);
    expect(groups('II.5.b')).toEqual(['II.5']);
  });
  test('tells of work with partners and of money from society under cooperation as well', () => {
    const shared = fact('activity', {
      task_codes: ['II.1.a'],
      funding: [{ source: 'xa_hoi_hoa', amount_vnd: 1 }],
    });
    expect([...groupsOf(shared)]).toEqual(['II.1', 'II.5']);
  });
  test('of the action month has one part for each form of activity', () => {
    for (const form of lists.activity_form) {
      const parts = sectionsOf('campaign', fact('activity', { form }));
      expect(parts, form).toHaveLength(1);
    }
    expect(sectionsOf('campaign', fact('activity', { form: 'mit_tinh' }))).toEqual(['II.1']);
    expect(sectionsOf('campaign', fact('training', {}))).toEqual(['II.4']);
  });
});
