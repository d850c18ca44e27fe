import { expect, test } from 'vitest';
import type { FileFacts } from '../../src/deliver/file-facts.ts';
import { fileRules } from '../../src/deliver/file-rules.ts';
import type { MasterFacts } from '../../src/deliver/master-facts.ts';
import { masterRules } from '../../src/deliver/master-rules/master-rules.ts';

const damaged = {
  chunks: [],
  container: 'WAV',
  formatTag: 1,
  sampleRateHz: 44_100,
  bitDepth: 16,
  channelCount: 2,
  model: { fault: 'no chunk axml' },
  tracks: { fault: 'no chunk chna' },
  studio: { fault: 'no chunk dbmd' },
} as unknown as MasterFacts;

test('rules of masters say why they cannot be judged', () => {
  const check = (facts: Partial<FileFacts>) => fileRules.get('bit-depth')!.check(facts as FileFacts);
  expect(check({})).toBe('known of finished masters alone');
  expect(check({ insteadOfMaster: 'a WAV file of 12 channels' })).toBe(
    'not an ADM BWF: a WAV file of 12 channels',
  );
  expect(fileRules.get('adm-profile')!.check({ insteadOfMaster: 'a scene file' } as FileFacts)).toEqual([
    { place: '', found: 'not an ADM BWF: a scene file' },
  ]);
});

test('the profile as one rule names each required rule that is broken, and no advice', () => {
  const faults = fileRules.get('adm-profile')!.check({ master: damaged } as FileFacts);
  const names = (faults as { found: string }[]).map(({ found }) => found.split(':')[0]);
  expect(names).toContain('bit-depth');
  expect(names).toContain('sample-rate');
  expect(names).toContain('dbmd-present');
  const advice = masterRules.filter(({ isAdvice }) => isAdvice).map(({ id }) => id);
  expect(advice).toContain('chunk-filler');
  expect(names.filter((name) => advice.includes(name!))).toEqual([]);
});

test('ids are unique among all', () => {
  expect(fileRules.size).toBeGreaterThan(masterRules.length + 10);
  for (const [id, rule] of fileRules) expect(rule.id).toBe(id);
});
