import { expect, test } from 'vitest';
import { createFeedbackDelay } from '../../../src/kernels/simd/feedback-delay.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('lines without loss keep the energy that went in', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const lineSamples = [421, 487, 563, 643, 719, 809, 907, 1013];
  const network = createFeedbackDelay(wasm, {
    lineSamples,
    middleGains: lineSamples.map(() => 1),
    sideGains: lineSamples.map(() => 0),
    tapSpacingSamples: 1,
    inputGains: lineSamples.map((_, line) => (line === 0 ? 1 : 0)),
    hopFrames: 1024,
  });
  const input = new Float32Array(1024);
  input[0] = 1;
  const energies: number[] = [];
  const [first, second] = [new Float32Array(1024), new Float32Array(1024)];
  for (let hop = 0; hop < 60; hop++) {
    network.process(input, first, second, 0, 1024);
    input.fill(0);
    energies.push([...first, ...second].reduce((sum, sample) => sum + sample * sample, 0));
  }
  // Energy 1 goes round; in a second, each line gives it out as often as it fits in, and two of eight are heard.
  const mean = energies.slice(10).reduce((sum, energy) => sum + energy, 0) / 50;
  const wanted = (2 * 1024) / lineSamples.reduce((sum, length) => sum + length, 0);
  expect(Math.abs(mean / wanted - 1)).toBeLessThan(0.2);
});
