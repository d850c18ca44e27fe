import { expect, test } from 'vitest';
import { profileIds } from '../../../src/deliver/profiles.ts';
import { periphon } from '../cli-support.ts';

test('all profiles are listed', () => {
  const { status, stdout, stderr } = periphon(['profiles']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const id of profileIds()) expect(stdout).toMatch(new RegExp(`^${id} `, 'm'));
});

test('one profile, for people and for machines', () => {
  expect(periphon(['profiles', 'umg-atmos']).stdout).toMatch(
    /integrated loudness at most -18 LUFS of the 5\.1 re-render \[1\][\s\S]*contentguide\.universalmusic\.com \(owner\)/,
  );
  const masters = periphon(['profiles', 'dolby-atmos-master']).stdout;
  expect(masters).toMatch(/^ {2}each block starts where the one before ends \[\d\]$/m);
  const { profiles } = JSON.parse(periphon(['profiles', 'umg-atmos', '--json']).stdout);
  expect(profiles).toHaveLength(1);
  expect(profiles[0].rules[1]).toMatchObject({
    measure: 'integratedLufs',
    maximum: -18,
    on: '5.1',
    confidence: 'owner',
    source: { where: expect.stringContaining('contentguide') },
  });
});

test('an unknown profile is wrong usage, and the nearest is named', () => {
  const result = periphon(['profiles', 'umg']);
  expect(result.status).toBe(2);
  expect(result.stderr).toMatch(/unknown profile "umg"[\s\S]*umg-atmos/);
});
