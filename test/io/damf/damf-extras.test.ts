import { expect, test } from 'vitest';
import { damfExtrasOf } from '../../../src/io/damf/damf-extras.ts';

test('extras of masters in DAMF are told from those of others', () => {
  const damf = { presentation: {} };
  expect(damfExtrasOf({ extras: { damf } })).toBe(damf);
  for (const extras of [{}, { damf: null }, { damf: 'x' }, { adm: { presentation: {} } }])
    expect(damfExtrasOf({ extras })).toBeUndefined();
});
