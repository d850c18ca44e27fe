import { expect, test } from 'vitest';
import { diffuseCoherence } from '../../../../src/hrtf/diffuse-coherence.ts';
import {
  designDiffuseEars,
  designLateReverb,
  lateResponse,
} from '../../../../src/render/binaural/room/late-reverb.ts';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import { delayFilters } from '../../../../src/render/binaural/ear-filters.ts';
import { levelDbAt, toySet } from '../../../hrtf/sets.ts';

test.each([44100, 48000, 88200, 96000])('each line falls as fast as the room at %i Hz', (sampleRateHz) => {
  const { lineSamples, middleGains, sideGains, tapSpacingSamples } = designLateReverb(sampleRateHz, 1024);
  lineSamples.forEach((line, i) => {
    const decaySec = (frequencyHz: number) => {
      const turn = Math.cos((2 * Math.PI * frequencyHz * tapSpacingSamples) / sampleRateHz);
      const gain = middleGains[i]! + 2 * sideGains[i]! * turn;
      expect(gain).toBeLessThan(1);
      return (-3 * line) / (sampleRateHz * Math.log10(gain));
    };
    expect(decaySec(0)).toBeCloseTo(0.3, 9);
    expect(decaySec(8000 * 2 ** -0.0625)).toBeCloseTo(0.2, 9);
    expect(decaySec(1000)).toBeGreaterThan(0.29);
  });
});

test('both ears together have the power and the coherence of the set', () => {
  const set = toySet(10);
  const [same, opposite] = designDiffuseEars(set);
  const { power, coherence } = diffuseCoherence(set, 4096);
  expect(opposite.right).toEqual(opposite.left.map((sample) => -sample));
  for (const bin of [40, 100, 300, 800]) {
    const powerOf = (filter: Float32Array) => 10 ** (levelDbAt(filter, (bin * 48000) / 4096, 48000) / 10);
    const [a, b] = [powerOf(same.left), powerOf(opposite.left)];
    expect(Math.abs(10 * Math.log10((2 * (a + b)) / power[bin]!))).toBeLessThan(0.5);
    expect(Math.abs((a - b) / (a + b) - coherence[bin]!)).toBeLessThan(0.1);
  }
});

test('the late response is that of the network, through the filters of the ears', async () => {
  const kernels = await loadKernels();
  const network = kernels.createFeedbackDelay(designLateReverb(48_000, 1024));
  const ears = [delayFilters(3, 1, 0), delayFilters(7, 0, 0.5)] as const;
  const { left, right } = lateResponse(network, ears, 48_000);
  const [first, second, input] = [0, 1, 2].map(() => new Float32Array(4096));
  input![0] = 1;
  for (let from = 0; from < 4096; from += 1024) network.process(input!, first!, second!, from, from + 1024);
  for (let n = 0; n < 4000; n++) {
    expect(left[n + 3]).toBeCloseTo(first![n]!, 6);
    expect(right[n + 7]).toBeCloseTo(0.5 * second![n]!, 6);
  }
});
