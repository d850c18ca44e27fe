import { defineConfig } from 'vitest/config';

/** `npm run test:full` sets PERIPHON_FULL=1, which adds the slow suites (files named *.full.test.ts). */
const full = process.env.PERIPHON_FULL === '1';
/** Suites that are about real time run when all others have ended, and by themselves. */
const alone = 'test/**/*.alone.full.test.ts';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: ['test/audition/browser/unpack.ts'],
    pool: 'forks',
    // Test files share the modules of their process: most of them take longer to import than to run.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: full ? [alone] : ['test/**/*.full.test.ts'],
        },
      },
      ...(full
        ? [{ extends: true as const, test: { name: 'alone', include: [alone], sequence: { groupOrder: 1 } } }]
        : []),
    ],
  },
});
