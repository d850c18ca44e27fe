import { expect, test } from 'vitest';
import { annex2Fir } from '../../../src/dsp/true-peak-fir.ts';
import { createLimiterStage } from '../../../src/kernels/simd/limiter-stage.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('groups that are not turned down say so, each by itself, also among more than a hundred', async () => {
  const groupCount = 130;
  const stage = createLimiterStage(new WasmInstance(await compileWasm()), {
    channelCounts: Array<number>(groupCount).fill(1),
    links: Float64Array.from({ length: groupCount ** 2 }, (_, at) => Number(at % (groupCount + 1) === 0)),
    ...{ search: 'plain', fir: annex2Fir, ceilingGain: 0.5, inputGain: 1 },
    ...{ delaySamples: 10, lookaheadSamples: 4, holdSamples: 0 },
    release: { factor: 0.5, charge: 0, discharge: 0 },
  });
  const inputs = Array.from({ length: groupCount }, (_, group) => [
    new Float32Array(64).fill(group === 77 ? 0.8 : 0.1),
  ]);
  const outputs = inputs.map(() => [new Float32Array(64)]);
  stage.process(inputs, 64, outputs);
  const isUnity = inputs.map((_, group) => stage.isUnity(group));
  // Groups are computed two by two, but looked at one by one.
  expect(isUnity.indexOf(false)).toBe(77);
  expect(isUnity.lastIndexOf(false)).toBe(77);
  expect(outputs[0]![0]!.subarray(8, 12)).toEqual(new Float32Array([0, 0, 0.1, 0.1]));
  stage.process(inputs, 64, outputs, (gains) => gains[0]!.fill(0.5));
  expect([stage.isUnity(0), outputs[0]![0]![3], outputs[1]![0]![3]]).toEqual([
    false,
    ...new Float32Array([0.05, 0.1]),
  ]);
});
