import { expect, test } from 'vitest';
import type { SourceMixer } from '../../src/kernels/interfaces/mix.ts';
import { RampPlayer, type GainRamp } from '../../src/render/ramp-player.ts';

/** Writes down what it is told. */
function createRecorder(): SourceMixer & { calls: (string | number)[][] } {
  const calls: (string | number)[][] = [];
  return {
    calls,
    sourceCount: 1,
    outputCount: 1,
    capacityFrames: 1 << 20,
    setRamp(_, start, end, lengthSamples, pastSamples) {
      calls.push(['ramp', start[0]!, end[0]!, lengthSamples, pastSamples]);
      return start[0] !== 0 || end[0] !== 0;
    },
    load: (_, from, to, atFrame) => void calls.push(['load', from, to, atFrame]),
    mix: (_, elapsed, from, to) => void calls.push(['mix', elapsed, from, to]),
  };
}
const ramp = (startSample: number, endSample: number, start: number, end = start): GainRamp => ({
  startSample,
  endSample,
  gainsStart: Float64Array.of(start),
  gainsEnd: Float64Array.of(end),
});
const played = (ramps: GainRamp[], startSample: number, ...blocks: number[]) => {
  const recorder = createRecorder();
  const player = new RampPlayer(recorder, [() => ramps.values()], startSample);
  for (const frameCount of blocks) player.play([new Float32Array(0)], 3, frameCount, 7);
  return recorder.calls;
};

test('a source is loaded once a call and cut where its ramps are; a ramp is set once', () => {
  expect(played([ramp(0, 100, 0, 1), ramp(100, 300, 1)], 50, 60, 60)).toEqual([
    ['ramp', 0, 1, 100, 0],
    ['load', 3, 63, 7],
    ['mix', 50, 7, 57],
    ['ramp', 1, 1, 200, 0],
    ['mix', 0, 57, 67],
    ['load', 3, 63, 7],
    ['mix', 10, 7, 67],
  ]);
});

test('silence costs nothing: before, between and behind ramps, and in ramps without gains', () => {
  expect(played([ramp(10, 20, 1), ramp(30, 40, 0)], 0, 5, 100)).toEqual([
    ['ramp', 1, 1, 10, 0],
    ['load', 3, 103, 7],
    ['mix', 0, 12, 22],
    ['ramp', 0, 0, 10, 0],
  ]);
});

test('long ramps go in pieces', () => {
  expect(played([ramp(0, 200000, 0, 1)], 65530, 10)).toEqual([
    ['ramp', 0, 1, 200000, 0],
    ['load', 3, 13, 7],
    ['mix', 65530, 7, 13],
    ['ramp', 0, 1, 200000, 65536],
    ['mix', 0, 13, 17],
  ]);
});
