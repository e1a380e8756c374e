import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/**
 * The arrows between folders are TypeScript project references: a probe file that is added to a folder and imports
 * what it may not must not compile.
 */
const compiles = (folder: string, source: string): boolean => {
  const config = resolve(folder, 'tsconfig.json');
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (parsed === undefined) throw new Error(`no ${config}`);
  const probe = resolve(dirname(config), 'probe-of-the-arrows.ts');
  const host = ts.createCompilerHost(parsed.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === probe || fileExists(file);
  host.readFile = (file) => (file === probe ? source : readFile(file));
  host.getSourceFile = (file, ...rest) =>
    file === probe ? ts.createSourceFile(file, source, rest[0]) : getSourceFile(file, ...rest);
  const program = ts.createProgram({
    rootNames: [probe, ...parsed.fileNames],
    options: parsed.options,
    projectReferences: parsed.projectReferences,
    host,
  });
  const file = program.getSourceFile(probe);
  const found = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics(file)];
  return found.length === 0;
};

const uses = (path: string, name: string): string =>
  `import { ${name} } from '${path}';\nexport const probe = ${name};\n`;

describe('allowed', () => {
  test.each([
    ['src/protocol', uses('../domain/unit.ts', 'treeOf')],
    ['src/device', uses('../protocol/version.ts', 'wireVersion')],
    ['src/app', uses('../device/phone.ts', 'readPhone')],
    ['src/server', uses('../protocol/version.ts', 'wireVersion')],
    ['sw', uses('../src/device/phone.ts', 'readPhone')],
  ])('%s may use what lies below it', (folder, source) => expect(compiles(folder, source)).toBe(true));
});

describe('forbidden', () => {
  test.each([
    ['src/domain', 'the protocol', uses('../protocol/version.ts', 'wireVersion')],
    ['src/domain', 'the page', 'export const probe = document.title;\n'],
    ['src/domain', 'Node', `import { readFileSync } from 'node:fs';\nexport const probe = readFileSync;\n`],
    ['src/protocol', 'the device', uses('../device/phone.ts', 'readPhone')],
    ['src/protocol', 'the server', uses('../server/config.ts', 'readConfig')],
    ['src/device', 'the page', 'export const probe = document.title;\n'],
    ['src/device', 'the app', uses('../app/text/words.ts', 'words')],
    ['src/device', 'the server', uses('../server/config.ts', 'readConfig')],
    ['src/app', 'the server', uses('../server/config.ts', 'readConfig')],
    ['src/app', 'the worker', `import '../../sw/sw.ts';\n`],
    ['src/server', 'the device', uses('../device/phone.ts', 'readPhone')],
    ['src/server', 'the app', uses('../app/text/words.ts', 'words')],
    ['sw', 'the app', uses('../src/app/text/words.ts', 'words')],
    ['sw', 'the page', 'export const probe = document.title;\n'],
  ])('%s cannot use %s', (folder, _what, source) => expect(compiles(folder, source)).toBe(false));
});
