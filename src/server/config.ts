import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

/** Everything the process is told from outside, read and checked once. */
export type Config = {
  readonly port: number;
  readonly dataDir: string;
  readonly publicUrl: string | null;
  /** A production server never loads a demo and refuses a folder that holds one. */
  readonly production: boolean;
  readonly logLevel: string;
  /** How many months after its class a roster keeps its names. */
  readonly rosterMonths: number;
};

/** A start that cannot go on; its message is one plain sentence for the person who installs it. */
export class StartError extends Error {}

const number = z.pipe(
  z.string().check(z.regex(/^\d{1,5}$/)),
  z.transform((digits: string) => Number(digits)),
);

const readPort = (typed: string): number => {
  const port = number.safeParse(typed);
  if (!port.success || port.data > 65535)
    throw new StartError(`PORT must be a number from 0 to 65535, not "${typed}".`);
  return port.data;
};

const readUrl = (typed: string | undefined): string | null => {
  if (typed === undefined || typed === '') return null;
  if (!URL.canParse(typed) || !/^https?:/.test(typed))
    throw new StartError(
      `PUBLIC_URL must be an address such as https://binhdang.example.vn, not "${typed}".`,
    );
  return typed.replace(/\/$/, '');
};

const readDataDir = (typed: string): string => {
  const dir = resolve(typed);
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch {
    throw new StartError(`The data folder ${dir} cannot be written to; choose another with DATA_DIR.`);
  }
  return dir;
};

const readMonths = (typed: string): number => {
  const months = number.safeParse(typed);
  if (!months.success || months.data < 1 || months.data > 120)
    throw new StartError(`ROSTER_MONTHS must be a number from 1 to 120, not "${typed}".`);
  return months.data;
};

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const logLevel = env['LOG_LEVEL'] ?? 'warn';
  if (!levels.includes(logLevel)) throw new StartError(`LOG_LEVEL must be one of ${levels.join(', ')}.`);
  if (env['DATABASE_URL'])
    throw new StartError(
      'DATABASE_URL is set, but this version keeps its data in SQLite only; unset it to start.',
    );
  return {
    port: readPort(env['PORT'] ?? '8080'),
    dataDir: readDataDir(env['DATA_DIR'] ?? './data'),
    publicUrl: readUrl(env['PUBLIC_URL']),
    production: env['NODE_ENV'] === 'production',
    logLevel,
    rosterMonths: readMonths(env['ROSTER_MONTHS'] ?? '24'),
  };
};

export const databaseFile = (dataDir: string): string => join(dataDir, 'binh-dang.sqlite');

/** A file that is there but is no SQLite database is said so plainly instead of failing somewhere inside. */
export const refuseForeignFile = (file: string): void => {
  if (!existsSync(file)) return;
  const head = firstBytes(file, 15).toString('latin1');
  if (head.length > 0 && head !== 'SQLite format 3')
    throw new StartError(`The file ${file} is not a database of this app; move it away or restore a backup.`);
};

const firstBytes = (file: string, n: number): Buffer => {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(n);
    return bytes.subarray(0, readSync(handle, bytes, 0, n, 0));
  } finally {
    closeSync(handle);
  }
};
