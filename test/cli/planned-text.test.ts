import { expect, test } from 'vitest';
import { plannedTable } from '../../src/cli/planned-text.ts';
import type { TargetReport } from '../../src/deliver/report.ts';

const target = (values: Partial<TargetReport>): TargetReport =>
  ({ ceilingDbtp: -1, measuredOn: undefined, ...values }) as TargetReport;

test('what is asked of each target stands where its figures would', () => {
  const table = plannedTable([
    target({
      target: '7.1.4',
      loudnessRule: 'at-most',
      loudnessTargetLufs: -18,
      measuredOn: '5.1',
      file: 'a.7.1.4.wav',
    }),
    target({ target: 'stereo', loudnessRule: 'target', loudnessTargetLufs: -14, file: 'a.stereo.wav' }),
    target({ target: 'ambix3', loudnessRule: 'peak', loudnessTargetLufs: undefined, file: 'a.ambix3.wav' }),
  ]);
  expect(table.split('\n')).toEqual([
    'target  loudness              ceiling  measured on    would write',
    '7.1.4   at most -18 LUFS      -1 dBTP  5.1 re-render  a.7.1.4.wav',
    'stereo  -14 LUFS              -1 dBTP  itself         a.stereo.wav',
    'ambix3  peaks to the ceiling  -1 dBTP  itself         a.ambix3.wav',
  ]);
});
