import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';

/** The built server and its command line, started as an installer would. */

let dir: string;
beforeAll(async () => {
  await build({ mode: 'server', logLevel: 'silent' });
  dir = mkdtempSync(join(tmpdir(), 'binh-dang-start-'));
  // A release of its own: the real server beside an app that is no more than a page.
  cpSync('dist/server', join(dir, 'dist/server'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
  mkdirSync(join(dir, 'dist/app'));
  writeFileSync(join(dir, 'dist/app/index.html'), '<!doctype html>');
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (program: string, args: string[], env: Record<string, string>) => {
  const result = spawnSync(process.execPath, [join(dir, `dist/server/${program}.js`), ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dir, 'data'), ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { code: result.status, said: result.stderr.trim(), out: result.stdout.trim() };
};

describe('a wrong setting is said in one sentence, with exit code 1', () => {
  const oneSentence = (env: Record<string, string>, about: RegExp): void => {
    const { code, said } = run('main', [], env);
    expect(code).toBe(1);
    expect(said).toMatch(about);
    expect(said).not.toMatch(/\n\s+at /);
    expect(said.split('\n')).toHaveLength(1);
  };
  test('the port', () => oneSentence({ PORT: 'tám nghìn' }, /PORT must be a number/));
  test('a port out of range', () => oneSentence({ PORT: '70000' }, /PORT must be a number/));
  test('the public address', () => oneSentence({ PUBLIC_URL: 'binhdang' }, /PUBLIC_URL must be an address/));
  test('a data folder that is a file', () => {
    writeFileSync(join(dir, 'a-file'), '');
    oneSentence({ DATA_DIR: join(dir, 'a-file', 'data') }, /cannot be written to/);
  });
  test('a database that is none', () => {
    const data = mkdtempSync(join(dir, 'foreign-'));
    writeFileSync(join(data, 'binh-dang.sqlite'), 'this is a letter to the district');
    oneSentence({ DATA_DIR: data }, /is not a database of this app/);
  });
  test('a damaged database', () => {
    const data = mkdtempSync(join(dir, 'damaged-'));
    writeFileSync(
      join(data, 'binh-dang.sqlite'),
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000, 7)]),
    );
    oneSentence({ DATA_DIR: data }, /cannot be opened/);
  });
  test('an app that was never built', () => {
    rmSync(join(dir, 'dist/app/index.html'));
    oneSentence({}, /npm run build/);
    writeFileSync(join(dir, 'dist/app/index.html'), '<!doctype html>');
  });
  test('a port that is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, () => resolve((other.address() as { port: number }).port)),
    );
    oneSentence(
      { PORT: String(port), NODE_ENV: 'production', DATA_DIR: join(dir, 'taken') },
      /in use by another program/,
    );
    other.close();
  });
});

describe('setting up without the demo', () => {
  const data = (): Record<string, string> => ({ DATA_DIR: join(dir, 'real'), NODE_ENV: 'production' });
  test('init makes the province and its administrator, once', () => {
    const init = ['init', '--code', '42', '--name', 'Tỉnh Hà Tĩnh', '--login', 'quantri', '--pin', '123456'];
    expect(run('admin', init, data())).toMatchObject({ code: 0 });
    expect(run('admin', init, data())).toMatchObject({
      code: 1,
      said: expect.stringContaining('set up already') as string,
    });
  });
  test('units come from a CSV, people one by one', () => {
    const file = join(dir, 'units.csv');
    writeFileSync(
      file,
      'code,name,level,parent_code\n447,Huyện Kỳ Anh,district,42\n18766,Xã Kỳ Phong,commune,447\n',
    );
    expect(run('admin', ['units', '--file', file, '--dry'], data()).out).toContain('Would add 2 units');
    expect(run('admin', ['units', '--file', file], data()).out).toContain('Added 2 units');
    const person = [
      'person',
      '--login',
      'ctv.kyphong',
      '--name',
      'Cộng tác viên xã Kỳ Phong',
      '--role',
      'collaborator',
      '--unit',
      '18766',
      '--pin',
      '654321',
    ];
    expect(run('admin', person, data())).toMatchObject({ code: 0 });
    expect(run('admin', person, data()).said).toContain('taken already');
    expect(run('admin', ['people'], data()).out).toContain('Xã Kỳ Phong');
  });
  test('a mistake is said plainly', () => {
    expect(run('admin', ['person', '--login', 'x'], data()).said).toContain('--unit is missing');
    expect(run('admin', ['units', '--file', join(dir, 'nowhere.csv')], data())).toMatchObject({ code: 1 });
    expect(run('admin', ['dance'], data()).said).toContain('npm run admin');
  });
  test('a production server refuses a folder that holds a demo', { timeout: 60_000 }, async () => {
    const { openSqlite, setMeta } = await import('../../src/server/sql/open.ts');
    mkdirSync(join(dir, 'demo'));
    const db = await openSqlite(join(dir, 'demo', 'binh-dang.sqlite'));
    await setMeta(db, 'demo', 'yes');
    await db.destroy();
    expect(run('main', [], { DATA_DIR: join(dir, 'demo'), NODE_ENV: 'production', PORT: '0' })).toMatchObject(
      {
        code: 1,
        said: expect.stringContaining('holds a demo') as string,
      },
    );
  });
});
