import { expect, test } from 'vitest';
import { createOverList } from '../../src/meter/over-list.ts';

test('near places of a channel are one over, those of others are not', () => {
  const list = createOverList(480, 100);
  list.add(0, 1000, 1.1);
  list.add(1, 1001, 1.2);
  list.add(0, 1480, 1.3);
  list.add(0, 1474.5, 1);
  list.add(0, 1961, 1.05);
  expect(list.result()).toEqual({
    count: 3,
    overs: [
      { channel: 0, startSample: 1000, endSample: 1480, peak: 1.3 },
      { channel: 1, startSample: 1001, endSample: 1001, peak: 1.2 },
      { channel: 0, startSample: 1961, endSample: 1961, peak: 1.05 },
    ],
  });
});

test('all are counted, the first ones kept', () => {
  const list = createOverList(10, 5);
  for (let k = 0; k < 100; k++) list.add(0, 100 * k, 2);
  expect(list.result().count).toBe(100);
  expect(list.result().overs.map(({ startSample }) => startSample)).toEqual([0, 100, 200, 300, 400]);
});
