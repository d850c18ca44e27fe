import { expect, test } from 'vitest';
import { groupChecks } from '../../../../src/audition/page/state/check-groups.ts';
import type { SourceCheck } from '../../../../src/audition/protocol/session.ts';

const check = (
  profile: string,
  rule: string,
  result: SourceCheck['result'],
  strength: SourceCheck['strength'] = 'required',
): SourceCheck => ({ profile, rule, result, strength, message: '' });

test('what failed comes first, and only required rules fail a profile', () => {
  const groups = groupChecks([
    check('one', 'a', 'pass'),
    check('one', 'b', 'not-verifiable'),
    check('one', 'c', 'fail', 'recommended'),
    check('one', 'd', 'fail'),
    check('two', 'e', 'fail', 'recommended'),
    check('two', 'f', 'pass'),
  ]);
  expect(groups.map(({ profile, isFailed, passCount }) => [profile, isFailed, passCount])).toEqual([
    ['one', true, 1],
    ['two', false, 1],
  ]);
  expect(groups[0]!.checks.map(({ rule }) => rule)).toEqual(['d', 'c', 'b', 'a']);
});
