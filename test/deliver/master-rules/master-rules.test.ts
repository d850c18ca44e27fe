import { expect, test } from 'vitest';
import { masterRules } from '../../../src/deliver/master-rules/master-rules.ts';
import { getProfile } from '../../../src/deliver/profiles.ts';

test('rules have ids of their own, and say what they want and why', () => {
  const ids = masterRules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, text, reason } of masterRules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([text, reason].every((words) => words.length > 5)).toBe(true);
  }
});

test('the profile of masters has them all, advice as advice', () => {
  const { rules } = getProfile('dolby-atmos-master');
  const named = rules.flatMap((rule) =>
    rule.measure === 'rule' ? [[rule.rule, rule.strength === 'recommended'] as const] : [],
  );
  expect(named.slice(1, -1)).toEqual(masterRules.map(({ id, isAdvice }) => [id, isAdvice ?? false]));
  expect([named[0], named.at(-1)]).toEqual([
    ['adm-bwf', false],
    ['renders', true],
  ]);
});
