import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { planted } from './planted.ts';
import type { Planted } from './planted.ts';

/** Plants each bug into a copy of the sources and plays seeds there until one of them shows it. */
export const plantAll = (numbers: readonly string[], only: string | undefined): number => {
  const dir = mkdtempSync(join(tmpdir(), 'binh-dang-planted-'));
  try {
    for (const part of ['src', 'tests', 'package.json', 'tsconfig.json'])
      cpSync(part, join(dir, part), { recursive: true, filter: (path) => !path.includes('node_modules') });
    symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
    const wanted = planted.filter(({ name }) => only === undefined || name.includes(only));
    const missed = wanted.filter((bug) => !isFound(dir, bug, numbers));
    const found = wanted.length - missed.length;
    console.log(`${found} of ${wanted.length} planted bugs found (${numbers.join(' ')})`);
    return missed.length;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const isFound = (dir: string, { name, file, find, put }: Planted, numbers: readonly string[]): boolean => {
  const path = join(dir, file);
  const sound = readFileSync(path, 'utf8');
  if (!sound.includes(find)) throw new Error(`${file} has no place for "${name}"`);
  const imports =
    put.includes('Dexie.') && !sound.includes("from 'dexie'") ? "import { Dexie } from 'dexie';\n" : '';
  writeFileSync(path, imports + sound.replace(find, put));
  const args = ['--import', 'tsx', 'tests/whole/simulation/main.ts', ...numbers, '--stop'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
  writeFileSync(path, sound);
  const shown = /^seed (\d+):\n {2}(.*)$/m.exec(stdout);
  // Only a seed that shows it has found it: a process that breaks says nothing about the simulation's eyes.
  const broke = stderr.split('\n').find((line) => /Error/.test(line)) ?? '';
  const how = shown === null ? broke : `seed ${shown[1]}: ${shown[2]}`;
  const word = shown !== null ? 'found ' : status === 0 ? 'MISSED' : 'BROKE ';
  console.log(`${word}  ${name}  (${how.slice(0, 110)})`);
  return shown !== null;
};
