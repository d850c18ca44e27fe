import { expect, test } from 'vitest';
import { formatGainTrace, gainTraceName } from '../../src/job/gain-trace-file.ts';

test('a row for each 100 ms, a column for each group', () => {
  const text = formatGainTrace({
    groups: [{ name: 'front' }, { name: 'lfe' }],
    traceDb: [Float32Array.of(0, 1.239, 12), Float32Array.of(0, 0.004, 3)],
  });
  expect(text).toBe('time_sec,front_db,lfe_db\n0.0,0.00,0.00\n0.1,1.24,0.00\n0.2,12.00,3.00\n');
});

test('is named after its deliverable', () => {
  expect(gainTraceName('song', '7.1.4')).toBe('song.7.1.4.limiter.csv');
});
