import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import {
  createDiffuseGains,
  createDiffuseStage,
  diffuseSignalCount,
} from '../../../src/render/ambisonic/diffuse-encoder.ts';
import { createSphereEncoding } from '../../../src/render/ambisonic/encoding.ts';
import { designDecorrelators } from '../../../src/render/panner/decorrelators.ts';
import { blockAt } from '../binaural/scenes.ts';

const layout = getLayout('9+10+3');

test('gains have the power of the diffuse part, and no heed of zones and channel lock', () => {
  const write = createDiffuseGains();
  const gainsOf = (block: ReturnType<typeof blockAt>): Float64Array => {
    const gains = new Float64Array(diffuseSignalCount);
    write(block, 2, gains);
    return gains;
  };
  const power = (gains: Float64Array): number => gains.reduce((sum, gain) => sum + gain * gain, 0);
  const plain = gainsOf(blockAt(20, 10, { diffuse: 0.25 }));
  expect(power(plain)).toBeCloseTo(4 * 0.25, 9);
  layout.loudspeakers.forEach(({ isLfe }, i) => isLfe && expect(plain[i]).toBe(0));
  const everywhere = { kind: 'polar', azimuthDeg: [-180, 180], elevationDeg: [0, 90] } as const;
  const bound = { zoneExclusion: [everywhere], channelLock: { maxDistance: undefined } };
  expect(gainsOf(blockAt(20, 10, { diffuse: 0.25, ...bound }))).toEqual(plain);
  expect(power(gainsOf(blockAt(20)))).toBe(0);
});

test('each signal is decorrelated and encoded where its loudspeaker stands; direct channels wait', () => {
  const stage = createDiffuseStage(createScalarKernels(), createSphereEncoding(2, {}), 9);
  expect(stage).toMatchObject({ inputChannelCount: 9 + diffuseSignalCount, outputChannelCount: 9 });
  const speaker = layout.loudspeakers.findIndex(({ label }) => label === 'U+090');
  const input = createAudioBlock(9 + diffuseSignalCount, 4096);
  const output = createAudioBlock(9, 4096);
  const { latencySamples } = stage;
  input.channels[9 + speaker]![100] = 1;
  stage.process(input, output);
  const { azimuthDeg, elevationDeg } = layout.loudspeakers[speaker]!;
  const harmonics = sphericalHarmonics(2, azimuthDeg, elevationDeg);
  const filter = designDecorrelators(layout)[speaker]!;
  for (let acn = 0; acn < 9; acn++)
    filter.forEach((tap, n) =>
      expect(
        Math.abs(output.channels[acn]![100 + latencySamples - 255 + n]! - tap * harmonics[acn]!),
      ).toBeLessThan(1e-6),
    );
  stage.reset();
  input.channels[9 + speaker]![100] = 0;
  input.channels[4]![100] = 1;
  stage.process(input, output);
  output.channels.forEach((channel, acn) =>
    channel.forEach((value, n) => {
      const wanted = acn === 4 && n === 100 + latencySamples ? 1 : 0;
      if (Math.abs(value - wanted) > 1e-6) expect([acn, n, value]).toEqual([acn, n, wanted]);
    }),
  );
});
