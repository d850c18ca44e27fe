import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { designDecorrelators } from '../../../src/render/panner/decorrelators.ts';
import { createDiffuseRenderer } from '../../../src/render/panner/diffuse-renderer.ts';

test('the direct path waits for the middle of the filters; the diffuse one goes through them', async () => {
  const layout = getLayout('0+5+0');
  const source = (output: number) => () => {
    const gains = new Float64Array(12);
    gains[output] = 1;
    return [{ startSample: 0, endSample: Infinity, gainsStart: gains, gainsEnd: gains }].values();
  };
  const sources = [source(0), source(6 + 4)];
  const kernels = await loadKernels();
  const stage = createDiffuseRenderer({ kernels, layout, sources, startSample: 0 });
  const frames = stage.latencySamples + 1024;
  const input = createAudioBlock(2, frames);
  const output = createAudioBlock(6, frames);
  input.channels[0]![0] = 1;
  input.channels[1]![0] = 1;
  stage.process(input, output);
  const start = stage.latencySamples;
  expect(output.channels[0]!.findIndex((sample) => Math.abs(sample) > 1e-6)).toBe(start);
  expect(output.channels[0]![start]).toBeCloseTo(1, 6);
  const filter = designDecorrelators(layout)[4]!;
  filter.forEach((tap, n) => expect(output.channels[4]![start - 255 + n]).toBeCloseTo(tap, 6));
  expect(output.channels[1]!.every((sample) => sample === 0)).toBe(true);
});
