import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createRampMixer } from '../../src/render/ramp-mixer.ts';
import type { GainRamp } from '../../src/render/ramp-player.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();
const ramp = (
  startSample: number,
  endSample: number,
  gainsStart: number[],
  gainsEnd = gainsStart,
): GainRamp => ({
  startSample,
  endSample,
  gainsStart: Float64Array.from(gainsStart),
  gainsEnd: Float64Array.from(gainsEnd),
});

interface Case {
  readonly sources: readonly (readonly GainRamp[])[];
  readonly inputs: readonly Float32Array[];
  readonly outputCount: number;
  readonly startSample?: number;
}

function mix({ sources, inputs, outputCount, startSample = 0 }: Case, blockFrames: number): Float32Array[] {
  const mixer = createRampMixer({
    kernels,
    outputCount,
    sources: sources.map((ramps) => () => ramps[Symbol.iterator]()),
    startSample,
  });
  const length = inputs[0]!.length;
  const result = createAudioBlock(outputCount, length);
  for (let from = 0; from < length; from += blockFrames) {
    const to = Math.min(length, from + blockFrames);
    const input = { channels: inputs.map((channel) => channel.slice(from, to)), frameCount: to - from };
    const output = createAudioBlock(outputCount, to - from);
    mixer.process(input, output);
    output.channels.forEach((channel, index) => result.channels[index]!.set(channel, from));
  }
  return result.channels;
}

/** Seven sources with ramps of all kinds, some of them longer than a piece of the kernel. */
const busy: Case = {
  outputCount: 3,
  inputs: Array.from({ length: 7 }, (_, index) => noise(9000, index + 1, 0.5)),
  sources: [
    [ramp(0, Infinity, [1, 0, 0.5])],
    [ramp(100, 4096, [0, 0, 0], [1, 0.5, 0.25]), ramp(4096, 5001, [1, 0.5, 0.25])],
    [],
    Array.from({ length: 20 }, (_, index) =>
      ramp(index * 333, (index + 1) * 333, [index / 20, 0, 1], [(index + 1) / 20, 0.1, 0]),
    ),
    [ramp(-70000, 200000, [0, 1, 0.3], [1, 0, 0.9])],
    [ramp(5000, 5001, [1, 1, 1])],
    [ramp(0, 1, [1, 0, 0]), ramp(1, 8999, [0, 1, 0], [0, 0, 1])],
  ],
};

describe('createRampMixer', () => {
  test('follows the ramps: compared with the plain sum in double precision', () => {
    const outputs = mix(busy, 512);
    const expected = Array.from({ length: 3 }, () => new Float64Array(9000));
    busy.sources.forEach((ramps, source) => {
      for (const { startSample, endSample, gainsStart, gainsEnd } of ramps) {
        for (let n = Math.max(0, startSample); n < Math.min(9000, endSample); n++) {
          const weight = endSample === Infinity ? 0 : (n - startSample) / (endSample - startSample);
          for (let output = 0; output < 3; output++) {
            const gain = gainsStart[output]! + weight * (gainsEnd[output]! - gainsStart[output]!);
            expected[output]![n]! += gain * busy.inputs[source]![n]!;
          }
        }
      }
    });
    const worst = Math.max(
      ...outputs.map((channel, c) => Math.max(...channel.map((x, n) => Math.abs(x - expected[c]![n]!)))),
    );
    expect(worst).toBeLessThan(1e-6);
  });

  test.each([1, 7, 512, 4096, 9000])('gives the same bits at a block size of %i', (blockFrames) => {
    expect(mix(busy, blockFrames)).toEqual(mix(busy, 64));
  });

  test('starting later gives what the whole run gives from there on', () => {
    const offset = 4500;
    const later = {
      ...busy,
      startSample: offset,
      inputs: busy.inputs.map((channel) => channel.slice(offset)),
    };
    expect(mix(later, 512)).toEqual(mix(busy, 512).map((channel) => channel.slice(offset)));
  });

  test('a gain of one and silence beside it leave every bit as it was', () => {
    const inputs = [noise(1000, 1), noise(1000, 2), noise(1000, 3)];
    const sources = [[ramp(0, Infinity, [1, 0])], [ramp(0, Infinity, [0, 0])], []];
    expect(mix({ inputs, sources, outputCount: 2 }, 333)).toEqual([inputs[0], new Float32Array(1000)]);
  });

  test('pulls ramps only as they are needed, and again after reset', () => {
    let pulled = 0;
    const mixer = createRampMixer({
      kernels,
      outputCount: 1,
      sources: [
        function* () {
          for (let n = 0; ; n++) {
            pulled++;
            yield ramp(n * 100, (n + 1) * 100, [n]);
          }
        },
      ],
    });
    const input = createAudioBlock(1, 250);
    input.channels[0]!.fill(1);
    const output = createAudioBlock(1, 250);
    mixer.process(input, output);
    expect(pulled).toBe(3);
    const first = output.channels[0]!.slice();
    mixer.process(input, output);
    expect(output.channels[0]![0]).toBe(2);
    mixer.reset();
    mixer.process(input, output);
    expect(output.channels[0]).toEqual(first);
  });
});
