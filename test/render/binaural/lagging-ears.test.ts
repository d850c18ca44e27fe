import { expect, test } from 'vitest';
import { createLaggingEars } from '../../../src/render/binaural/lagging-ears.ts';

test('what is added comes out after the lag', () => {
  const ears = createLaggingEars(6, 4);
  const heard: number[] = [];
  for (let hop = 0; hop < 4; hop++) {
    const [left, right] = [new Float32Array(4), new Float32Array(4)];
    ears.startHop();
    for (let n = 0; n < 4; n++) ears.left[n]! += hop * 4 + n + 1;
    ears.addTo(left, right);
    heard.push(...left);
    expect(right).toEqual(new Float32Array(4));
  }
  expect(heard).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  ears.reset();
  const left = new Float32Array(4);
  ears.startHop();
  ears.addTo(left, new Float32Array(4));
  expect(left).toEqual(new Float32Array(4));
});
