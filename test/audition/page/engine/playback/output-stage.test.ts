import { expect, test } from 'vitest';
import {
  createCapture,
  openCapture,
  OutputStage,
  readCapture,
} from '../../../../../src/audition/page/engine/playback/output-stage.ts';
import { createSharedState } from '../../../../../src/audition/page/engine/stream/shared-state.ts';
import { noise } from '../../../../support.ts';

/** Sends blocks of 128 frames through a stage. */
function send(left: Float32Array, right: Float32Array, capture = createCapture(1024)) {
  const state = createSharedState(0);
  const stage = new OutputStage(state, 48000, capture);
  for (let at = 0; at < left.length; at += 128)
    stage.take(left.subarray(at, at + 128), right.subarray(at, at + 128));
  return { state, capture };
}

test('correlation is 1 for the same, -1 for the opposite, about 0 for strangers, nothing in silence', () => {
  const left = noise(48000, 1);
  const correlationWith = (right: Float32Array): number => send(left, right).state.correlation[0]!;
  expect(correlationWith(left)).toBeCloseTo(1, 6);
  expect(correlationWith(left.map((value) => -value / 2))).toBeCloseTo(-1, 6);
  expect(Math.abs(correlationWith(noise(48000, 2)))).toBeLessThan(0.05);
  expect(correlationWith(new Float32Array(48000))).toBeNaN();
});

test('peaks are those of both channels', () => {
  const [left, right] = [new Float32Array(256), new Float32Array(256)];
  left[200] = -0.5;
  right[3] = 0.25;
  expect([...send(left, right).state.outputPeaks]).toEqual([0.5, 0.25]);
});

test('the capture keeps the last frames in their order', () => {
  const left = Float32Array.from({ length: 1280 }, (_, i) => i);
  const { capture } = send(left, left);
  const kept = readCapture(openCapture(capture.memory));
  expect([...kept.left]).toEqual([...left.subarray(256)]);
  expect(kept.endFrame).toBe(1280);
  const short = send(left.subarray(0, 128), left.subarray(0, 128)).capture;
  expect([...readCapture(short).right]).toEqual([...left.subarray(0, 128)]);
});
