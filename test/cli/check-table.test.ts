import { expect, test } from 'vitest';
import { checkTable } from '../../src/cli/check-table.ts';
import type { Check } from '../../src/deliver/report.ts';

const check = (parts: Partial<Check>): Check => ({
  profile: 'p',
  rule: 'true peak at most -1 dBTP',
  result: 'pass',
  measured: -2,
  message: '-2.00 dBTP',
  strength: 'required',
  confidence: 'owner',
  ...parts,
});

test('outcome, figure and rule; advice, the unverified and reasons are told', () => {
  const table = checkTable([
    check({}),
    check({ result: 'fail', strength: 'recommended', confidence: 'memory' }),
    check({ result: 'not-verifiable', rule: 'an ADM BWF file', message: 'because' }),
  ]);
  expect(table.split('\n')).toEqual([
    'result          profile       found  rule',
    'pass            p        -2.00 dBTP  true peak at most -1 dBTP',
    'fail            p        -2.00 dBTP  true peak at most -1 dBTP (recommended, unverified)',
    'not verifiable  p                 -  an ADM BWF file: because',
  ]);
});
