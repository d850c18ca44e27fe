import { expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import type { EffectContext } from '../../src/master/scene-stage/effect.ts';
import { compressorEffect } from '../../src/master/scene-stage/effects/compressor.ts';
import type { DetectorRenderName } from '../../src/master/scene-stage/detector-schema.ts';
import { limiterEffect } from '../../src/master/scene-stage/effects/limiter.ts';
import { createTruePeakMeter } from '../../src/meter/true-peak-meter.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import {
  bedChannelsOf,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../src/scene/make-scene.ts';
import { sceneTracks, type AudioObject, type Bed, type Scene } from '../../src/scene/scene.ts';
import { effectContext, runEffect } from '../master/scene-stage/effect-support.ts';
import { noise } from '../support.ts';

/** A master of a 5.1 bed and objects all around, through dynamics that hear its own renders. */
const sampleRateHz = 48000;
const kernels = await loadKernels();
const frames = 24_000;

const bed: Bed = {
  ...elementDefaults,
  id: 'bed',
  name: 'Bed',
  kind: 'bed',
  layout: '5.1',
  channels: bedChannelsOf(getLayout('5.1')),
};
const objects = [
  [20, 0],
  [-75, 10],
  [140, 35],
  [-160, 50],
  [0, 80],
].map(([azimuthDeg, elevationDeg], index): AudioObject => {
  const position = {
    kind: 'polar',
    azimuthDeg: azimuthDeg!,
    elevationDeg: elevationDeg!,
    distance: 1,
  } as const;
  const blocks = [{ ...objectBlockDefaults, position }];
  return { ...elementDefaults, id: `object${index}`, name: `Object ${index}`, kind: 'object', blocks };
});
const scene = createScene('master', [bed, ...objects]);
const trackCount = sceneTracks(scene).length;
/** Bursts, each track at its own times. */
const input = Array.from({ length: trackCount }, (_, track) =>
  noise(frames, track + 1, 0.7).map(
    (sample, n) => sample * Math.max(0, Math.sin(n / (700 + 90 * track))) ** 2,
  ),
);

const rendererOf = (of: Scene, name: string) =>
  createRenderer({
    scene: of,
    format: { kind: 'loudspeakers', layout: getLayout(name) },
    sampleRateHz,
    kernels,
  });
const context = (): Promise<EffectContext> =>
  effectContext({
    scene,
    createDetectorRender: (name) => ({ processor: rendererOf(scene, name), layout: getLayout(name) }),
  });

/** Direction of the energy of an object in 7.1.4: unit vectors of the loudspeakers by their energies. */
function energyVector(object: AudioObject, samples: Float32Array): [number, number, number] {
  const layout = getLayout('7.1.4');
  const rendered = runEffect(rendererOf(createScene('one', [object]), '7.1.4'), [samples]);
  const sum: [number, number, number] = [0, 0, 0];
  for (const [channel, loudspeaker] of layout.loudspeakers.entries()) {
    const energy = rendered[channel]!.reduce((total, x) => total + x * x, 0);
    const direction = polarToCartesian(loudspeaker.azimuthDeg, loudspeaker.elevationDeg);
    for (const axis of [0, 1, 2] as const) sum[axis] += energy * direction[axis];
  }
  const length = Math.hypot(...sum);
  return [sum[0] / length, sum[1] / length, sum[2] / length];
}

test.each([
  { mode: 'render', render: '7.1.4', linkLfe: true },
  { mode: 'group-sum', linkLfe: true },
] as const)('linked compression by %o: one gain, and every object stays where it is', async (detector) => {
  const effect = compressorEffect.create(
    { thresholdDb: -30, ratio: 6, attackMs: 3, releaseMs: 40, detector },
    await context(),
  );
  const output = runEffect(effect, input);
  expect(effect.reductions()[0]!.maxReductionDb).toBeGreaterThan(10);
  for (const [index, object] of objects.entries()) {
    const track = bed.channels.length + index;
    const [before, after] = [energyVector(object, input[track]!), energyVector(object, output[track]!)];
    const cross = Math.hypot(
      before[1] * after[2] - before[2] * after[1],
      before[2] * after[0] - before[0] * after[2],
      before[0] * after[1] - before[1] * after[0],
    );
    expect((180 / Math.PI) * Math.asin(cross)).toBeLessThan(0.01);
  }
  // A common gain may as well be applied to the render.
  const [first, second] = [output, input].map((tracks) => runEffect(rendererOf(scene, '7.1.4'), tracks));
  let largest = 0;
  for (let n = 0; n < frames; n++) {
    const track = input.findIndex((samples) => samples[n] !== 0);
    const gain = track < 0 ? 1 : output[track]![n]! / input[track]![n]!;
    for (const [channel, samples] of first!.entries())
      largest = Math.max(largest, Math.abs(samples[n]! - gain * second![channel]![n]!));
  }
  expect(largest).toBeLessThan(1e-6);
});

test('a limiter of the scene keeps the true peak of its renders below the ceiling', async () => {
  const renders: DetectorRenderName[] = ['7.1.4', '5.1'];
  const effect = limiterEffect.create({ ceilingDbtp: -1, renders }, await context());
  const loud = input.map((samples) => samples.map((sample) => 1.5 * sample));
  const output = runEffect(effect, loud);
  expect(effect.reductions()[0]!.maxReductionDb).toBeGreaterThan(3);
  const peaksDbtp = renders.map((name) => {
    const channels = runEffect(rendererOf(scene, name), output);
    const meter = createTruePeakMeter({ kernels, channelCount: channels.length, mode: 'precise' });
    meter.process({ channels, frameCount: frames });
    return Math.max(...meter.finish().truePeaksDbtp);
  });
  expect(Math.max(...peaksDbtp)).toBeLessThan(-1);
  expect(Math.max(...peaksDbtp)).toBeGreaterThan(-1.5);
});
