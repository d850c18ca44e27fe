import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { generatorName, packageVersion } from '../../src/job/version.ts';

test('the version is that of the package', () => {
  expect(packageVersion).toBe((manifest as { version: string }).version);
  expect(generatorName).toBe(`periphon ${packageVersion}`);
});
