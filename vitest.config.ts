import { defineConfig } from 'vitest/config';

/** `npm run test:full` sets PERIPHON_FULL=1, which adds the slow suites (files named *.full.test.ts). */
const full = process.env.PERIPHON_FULL === '1';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: full ? [] : ['test/**/*.full.test.ts'],
    globalSetup: ['test/audition/browser/unpack.ts'],
    pool: 'forks',
    // Test files share the modules of their process: most of them take longer to import than to run.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
