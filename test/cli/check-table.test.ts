import { expect, test } from 'vitest';
import { checkTable } from '../../src/cli/check-table.ts';
import type { Check } from '../../src/deliver/report.ts';

const check = (parts: Partial<Check>): Check => ({
  profile: 'p',
  id: 'truePeakDbtp',
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
    check({ result: 'not-verifiable', id: 'adm-bwf', rule: 'an ADM BWF', message: 'because' }),
  ]);
  expect(table.split('\n')).toEqual([
    'result          profile  rule               found  required',
    'pass            p        truePeakDbtp  -2.00 dBTP  true peak at most -1 dBTP',
    'warning         p        truePeakDbtp  -2.00 dBTP  true peak at most -1 dBTP (recommended, unverified)',
    'not verifiable  p        adm-bwf                -  an ADM BWF: because',
  ]);
});

test('what breaks a rule is told below, with its place and why it matters', () => {
  const list = Array.from({ length: 6 }, (_, index) => ({ place: `axml line ${index}`, found: 'a gap' }));
  const table = checkTable([
    check({
      result: 'fail',
      id: 'block-gap',
      rule: `${'long '.repeat(30)}words`,
      message: 'a gap that takes very many words to tell, and 6 more',
      reason: 'importers refuse gaps',
      faults: { count: 7, list },
    }),
    check({ result: 'fail', id: 'adm-bwf', faults: { count: 1, list: [{ place: '', found: 'no axml' }] } }),
  ]).split('\n');
  expect(table[1]).toMatch(
    /^fail {2,}p {2,}block-gap {2,}a gap that takes very many words to t\.\.\. {2}(long ){19}lo\.\.\.$/,
  );
  expect(table.slice(3)).toEqual([
    '',
    `p, block-gap: ${'long '.repeat(30)}words`,
    ...[0, 1, 2, 3, 4].map((line) => `  axml line ${line}: a gap`),
    '  ... and 2 more',
    '  why: importers refuse gaps',
    '',
    'p, adm-bwf: true peak at most -1 dBTP',
    '  no axml',
  ]);
});
