import { expect, test } from 'vitest';
import { createLaggingEars } from '../../../src/render/binaural/lagging-ears.ts';

test.each([0, 3, 6, 9])('what is added comes out after the lag of %i', (lagFrames) => {
  const ears = createLaggingEars(lagFrames, 4);
  const heard: number[] = [];
  for (let hop = 0; hop < 4; hop++) {
    const [left, right] = [new Float32Array(4).fill(100), new Float32Array(4)];
    ears.startHop();
    for (let n = 0; n < 4; n++) ears.left[n]! += hop * 4 + n + 1;
    ears.addTo(left, right);
    heard.push(...left);
    expect(right).toEqual(new Float32Array(4));
  }
  expect(heard).toEqual(Array.from({ length: 16 }, (_, n) => 100 + Math.max(0, n + 1 - lagFrames)));
  ears.reset();
  const left = new Float32Array(4);
  ears.startHop();
  ears.addTo(left, new Float32Array(4));
  expect(left).toEqual(new Float32Array(4));
});
