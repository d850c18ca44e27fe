import { expect, test } from 'vitest';
import { loudnessFault } from '../../src/master/loudness-fault.ts';

test('rules about loudness take one, rules about peaks do not; ambisonics have none', () => {
  const codes = (
    [
      [false, 'target', -14],
      [false, 'peak', null],
      [false, undefined, null],
      [true, 'none', undefined],
      [false, 'peak', -14],
      [false, 'maximum', null],
      [true, undefined, -14],
      [true, 'at-most', undefined],
    ] as const
  ).map(([isAmbisonic, rule, lufs]) => loudnessFault(isAmbisonic, rule, lufs)?.code);
  const none = [undefined, undefined, undefined, undefined];
  expect(codes).toEqual([
    ...none,
    ...['loudness-rule', 'loudness-rule', 'no-loudness-target', 'no-loudness-target'],
  ]);
});
