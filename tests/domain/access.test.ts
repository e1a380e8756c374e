import { describe, expect, test } from 'vitest';
import { can } from '../../src/domain/access.ts';
import type { Action, Actor, Places } from '../../src/domain/access.ts';
import { reviewerOf, treeOf } from '../../src/domain/unit.ts';
import type { Unit } from '../../src/domain/unit.ts';

const unit = (id: string, parent: string | null): Unit => ({
  id,
  code: id,
  name: id,
  level: 'commune',
  parent,
  from: null,
  to: null,
});
const tree = treeOf([
  unit('p', null),
  unit('d1', 'p'),
  unit('d2', 'p'),
  unit('c1', 'd1'),
  unit('c2', 'd1'),
  unit('c3', 'd2'),
  unit('c4', 'p'),
]);
const places = (...officers: string[]): Places => ({ tree, hasOfficer: (id) => officers.includes(id) });
const usual = places('p', 'd1', 'd2');

const person = (role: Actor['role'], at: string, account = 9): Actor => ({ account, role, unit: at });
const record = (at: string, state = 'submitted', authors = [1]) => ({
  kind: 'activity' as const,
  fields: {},
  unit: at,
  state,
  authors,
});
const may = (actor: Actor, at: string, state?: string, where = usual): Action[] =>
  (['read', 'create', 'edit', 'decide', 'void'] as const).filter((action) =>
    can(actor, action, record(at, state), where),
  );

describe('a collaborator', () => {
  test('works on her unit’s open records', () => {
    expect(may(person('collaborator', 'c1'), 'c1')).toEqual(['read', 'create', 'edit', 'void']);
    expect(may(person('collaborator', 'c1'), 'c1', 'approved')).toEqual(['read', 'create']);
  });
  test('sees nothing of another unit, above or beside', () => {
    for (const other of ['c2', 'c3', 'd1', 'p']) expect(may(person('collaborator', 'c1'), other)).toEqual([]);
  });
});

describe('an officer', () => {
  test('decides for the units she is the nearest reviewer of', () => {
    expect(may(person('officer', 'd1'), 'c1')).toEqual(['read', 'decide', 'void']);
    expect(may(person('officer', 'd2'), 'c1')).toEqual([]);
  });
  test('above the nearest reviewer she reads and does not decide', () => {
    expect(may(person('officer', 'p'), 'c1')).toEqual(['read']);
  });
  test('without a district in between the province decides', () => {
    expect(may(person('officer', 'p'), 'c4')).toEqual(['read', 'decide', 'void']);
    expect(may(person('officer', 'p'), 'c1', 'submitted', places('p'))).toEqual(['read', 'decide', 'void']);
  });
  test('decides on nothing she wrote herself', () => {
    expect(can(person('officer', 'd1', 1), 'decide', record('c1'), usual)).toBe(false);
  });
  test('at the province a second officer decides on the province’s own records', () => {
    expect(can(person('officer', 'p', 2), 'decide', record('p'), usual)).toBe(true);
    expect(can(person('officer', 'p', 1), 'decide', record('p'), usual)).toBe(false);
  });
});

test('an administrator sees no record at all', () => {
  for (const at of ['p', 'd1', 'c1']) expect(may(person('admin', 'p'), at)).toEqual([]);
});

test('nobody voids what is locked', () => {
  for (const actor of [person('collaborator', 'c1'), person('officer', 'd1')])
    expect(can(actor, 'void', record('c1', 'locked'), usual)).toBe(false);
});

test('an officer locks what her units reported, and her own', () => {
  const locks = (actor: Actor, at: string): boolean => can(actor, 'lock', record(at, 'approved'), usual);
  expect(['c1', 'd1', 'c3', 'p'].map((at) => locks(person('officer', 'd1'), at))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(locks(person('collaborator', 'c1'), 'c1')).toBe(false);
});

test('the guideline is the province’s: its officers write it, all read it, nobody decides on it', () => {
  const guideline = { ...record('p', 'submitted', [1]), kind: 'guideline' as const };
  const may = (actor: Actor): Action[] =>
    (['read', 'create', 'edit', 'decide', 'lock'] as const).filter((action) =>
      can(actor, action, guideline, usual),
    );
  expect(may(person('officer', 'p'))).toEqual(['read', 'create', 'edit']);
  expect(may(person('officer', 'd1'))).toEqual(['read']);
  expect(may(person('collaborator', 'c1'))).toEqual(['read']);
  expect(may(person('collaborator', 'p'))).toEqual(['read']);
  expect(can(person('officer', 'd1'), 'create', { ...guideline, unit: 'd1' }, usual)).toBe(false);
});

test('a unit without any officer above has no reviewer', () => {
  expect(reviewerOf(tree, 'c1', () => false)).toBeNull();
});
