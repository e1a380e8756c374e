import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import type { Connect, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { getManifest } from 'workbox-build';
import { manifest } from './src/app/shell/manifest.ts';

const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

/** What the app is kept offline from, but for what `globIgnores` names below; the larger pictures are for installing it. */
const kept = ['**/*.{js,css,html,svg,webmanifest}', 'icon-192.png'];

/**
 * Writes the web app manifest, and puts the list of the built files into the worker. The worker is one more entry of
 * the app's own build, so that page and worker share the files of the device, which are most of the app's weight.
 */
const offline = (dir: string): Plugin => ({
  name: 'offline',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) });
  },
  closeBundle: {
    order: 'post',
    sequential: true,
    async handler() {
      const { manifestEntries } = await getManifest({
        globDirectory: dir,
        globPatterns: kept,
        // What needs the network anyway: setting up units and people, asking how the phones stand, updating, deleting
        // what cannot be opened; what writes office files; and English. The worker keeps those once they were asked for.
        globIgnores: [
          'sw.js',
          'assets/{people-screen,vi-people}-*.js',
          'assets/phones-screen-*.js',
          'assets/docx-*.js',
          'assets/xlsx-*.js',
          'assets/{files,csv,vi-paper}-*.js',
          'assets/{update-bar,guideline-form,clear}-*.js',
          'assets/{en,en-more,en-people,en-report,tasks-en}-*.js',
        ],
        dontCacheBustURLsMatching: /^assets\//,
      });
      const worker = join(dir, 'sw.js');
      const code = readFileSync(worker, 'utf8');
      const filled = code.replace('self.__WB_MANIFEST', JSON.stringify(manifestEntries));
      if (filled === code) throw new Error('the worker has no place for the list of files');
      writeFileSync(worker, filled);
    },
  },
});

/** Compresses what was built, sw.js included, so that the server never has to. */
const precompress = (dir: string): Plugin => ({
  name: 'precompress',
  apply: 'build',
  closeBundle: {
    order: 'post',
    sequential: true,
    handler() {
      for (const file of filesIn(dir)) {
        if (!/\.(js|css|html|svg|webmanifest|json)$/.test(file)) continue;
        const source = readFileSync(file);
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        );
        writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  },
});

const filesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir).flatMap((name) =>
        statSync(join(dir, name)).isDirectory() ? filesIn(join(dir, name)) : [join(dir, name)],
      )
    : [];

// Dexie's entry resolves to its build for old browsers; the modern one is smaller.
const resolve = { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } };

const server = defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { input: { main: 'src/server/main.ts', admin: 'src/server/admin/main.ts' } },
  },
});

/**
 * What the entry shares with the screens. A file's name holds its hash and its importers hold its name: were any of
 * this in the entry, which also holds the words, one changed word would change every file of the app.
 */
const isBase = (id: string): boolean =>
  /node_modules\/(preact|@preact|preact-iso|idb-keyval)\/|src\/device\/phone\.ts$/.test(id) ||
  /lucide\/dist\/esm\/icons\/(arrow-left|check|circle-alert|clipboard-check|loader-circle|pencil-line|triangle-alert)\./.test(
    id,
  ) ||
  /src\/app\/(session|ui\/(icon|toast)|text\/(words|time)|shell\/(update|install))\.tsx?$/.test(id);

/** What an empty form is drawn from; the worker shares it, so it holds nothing that needs a page. */
const isDeclaration = (id: string): boolean =>
  /src\/domain\/(typed\/(show|date)|records\/(activity|common-fields|field|lists))\.ts$/.test(id);

/**
 * The store, the rules and what works on both, the road to the server with its schemas, and the small parts that most
 * screens share: a file each, because to a slow phone each file that the worker hands out is a task of its own.
 */
const isStore = (id: string): boolean =>
  /node_modules\/dexie\/|src\/domain\/record-id|src\/device\/(device|drafts|vault\/\w+|store\/store)\.ts/.test(
    id,
  );
const isEngine = (id: string): boolean => /src\/(domain\/|device\/(?!sync\/|sign-in)|app\/canary)/.test(id);
const isNetwork = (id: string): boolean => /node_modules\/zod\/|src\/(protocol|device)\//.test(id);
const isLists = (id: string): boolean =>
  /src\/app\/(call|stored|list\/(record|draft)-row|record\/field-value|sync-status\/(sync-card|receiver|notices|remind)|text\/(record-title|unit-name|trouble-text)|ui\/(badges|search-field))\.tsx?$/.test(
    id,
  ) ||
  /lucide\/dist\/esm\/icons\/(bell-ring|calendar-plus|circle-check|circle-x|clock|cloud-off|cloud-upload|file-check|file-text|graduation-cap|list-checks|lock|pencil|printer|smartphone|undo-2)\./.test(
    id,
  );

/** In development the API runs inside Vite's own server, on the data folder of `npm start`. */
const devApi = (): Plugin => ({
  name: 'dev-api',
  apply: 'serve',
  configureServer: async (vite) => {
    if (process.env['VITEST']) return;
    const { devListener } = (await vite.ssrLoadModule('/src/server/dev.ts')) as {
      devListener: Connect.NextHandleFunction;
    };
    vite.middlewares.use((request, response, next) =>
      /^\/(api\/|healthz|readyz|metrics)/.test(request.url ?? '')
        ? devListener(request, response, next)
        : next(),
    );
  },
});

const app = defineConfig({
  resolve,
  plugins: [preact(), devApi(), offline('dist/app'), precompress('dist/app')],
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', sw: 'sw/sw.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'base', test: isBase },
            { name: 'declaration', test: isDeclaration },
            { name: 'store', test: isStore },
            { name: 'engine', test: isEngine },
            { name: 'network', test: isNetwork },
            { name: 'lists', test: isLists },
          ],
        },
      },
    },
  },
  test: {
    setupFiles: ['tests/support/setup.ts'],
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/browser/**'],
  },
});

export default defineConfig(({ mode }) => (mode === 'server' ? server : app));
