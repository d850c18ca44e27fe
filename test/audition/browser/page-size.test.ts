import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Most bytes of script that the page, its workers and its audio thread may have together. */
const mostBytes = 300_000;

test('all script of the built page without the 3-D library is under 300 kB', () => {
  const folder = fileURLToPath(new URL('audition/page/', import.meta.resolve('periphon')));
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.m?js$/.test(name),
  );
  const library = scripts.filter((name) => /(^|[\\/])three-[^\\/]*\.js$/.test(name));
  expect(library).toHaveLength(1);
  const own = scripts.filter((name) => !library.includes(name));
  const bytes = own.map((name) => statSync(join(folder, name)).size);
  expect(bytes.length).toBeGreaterThan(5);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(mostBytes);
});
