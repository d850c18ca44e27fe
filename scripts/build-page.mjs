import { join } from 'node:path';
import { root } from './install.mjs';

/** Bundles the audition page into dist/audition/page. */
export async function buildPage() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: join(root, 'src', 'audition', 'page'),
    // The page lies behind a token, wherever that is.
    base: './',
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: {
      outDir: join(root, 'dist', 'audition', 'page'),
      emptyOutDir: true,
      target: 'es2022',
      // The page's security policy allows no data: addresses and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
      // The 3-D library is large and comes when it is first shown; the page itself is small (see the test of its size).
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'three', test: /node_modules[\\/]three[\\/]/ }] } },
      },
    },
  });
}
