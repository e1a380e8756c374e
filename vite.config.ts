import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import type { Connect, Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { manifest } from './src/app/shell/manifest.ts';

const engineFile = 'node_modules/.cache/worker-engine/engine.js';
const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

/** Puts the worker's engine, built before, among the app's files under a name with its hash. */
const emitEngine = (): Plugin => ({
  name: 'worker-engine',
  apply: 'build',
  generateBundle() {
    const source = readFileSync(engineFile);
    const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
    this.emitFile({ type: 'asset', fileName: `assets/worker-engine-${hash}.js`, source });
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

const workerEngine = defineConfig({
  resolve,
  publicDir: false,
  build: {
    outDir: 'node_modules/.cache/worker-engine',
    emptyOutDir: true,
    lib: { entry: 'sw/engine.ts', formats: ['iife'], name: 'bdEngine', fileName: () => 'engine.js' },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
});

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
  /node_modules\/(preact|@preact|preact-iso|idb-keyval)\//.test(id) ||
  /lucide\/dist\/esm\/icons\/(clipboard-check|pencil-line)/.test(id) ||
  /src\/(device\/phone|app\/(session|ui\/(icon|toast)|text\/words|shell\/(update|install)))\.tsx?$/.test(id);

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
  plugins: [
    preact(),
    devApi(),
    emitEngine(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      injectRegister: false,
      includeManifestIcons: false,
      manifest,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,webmanifest}', 'icon-*.png'] },
    }),
    precompress('dist/app'),
  ],
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: isBase }] } } },
  },
  test: {
    setupFiles: ['tests/support/setup.ts'],
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/browser/**'],
  },
});

export default defineConfig(({ mode }) => ({ 'worker-engine': workerEngine, server })[mode] ?? app);
