import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { cartesianToPolar, polarToCartesian } from '../../../src/base/coordinates.ts';
import { ConfigError, type Warning } from '../../../src/base/errors.ts';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { rotateVector, rotationMatrix } from '../../../src/math/rotation.ts';
import { shRotationMatrix } from '../../../src/math/sh-rotation.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import {
  createAmbisonicRenderer,
  type AmbisonicRendererOptions,
} from '../../../src/render/ambisonic/ambisonic-renderer.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import type { AmbisonicBed, ObjectBlock, Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../binaural/scenes.ts';

const sec = rationalFromDecimal;

const ambisonicBed = (
  order: number,
  normalization: AmbisonicBed['normalization'],
  more: Partial<AmbisonicBed> = {},
): AmbisonicBed => ({
  ...elementDefaults,
  id: 'bed',
  name: 'bed',
  kind: 'ambisonic',
  order,
  normalization,
  ...more,
});

type More = Partial<AmbisonicRendererOptions>;

/** Renders whole inputs in blocks of one size. */
function rendered(
  scene: Scene,
  order: number,
  inputs: readonly Float32Array[],
  more: More = {},
  blockFrames = 512,
): Float32Array[] {
  const renderer = createAmbisonicRenderer({
    scene,
    order,
    sampleRateHz: 48000,
    kernels: createScalarKernels(),
    ...more,
  });
  expect(renderer.inputChannelCount).toBe(inputs.length);
  expect(renderer.outputChannelCount).toBe((order + 1) ** 2 + (more.headLocked ? 2 : 0));
  const length = inputs[0]!.length;
  const outputs = Array.from({ length: renderer.outputChannelCount }, () => new Float32Array(length));
  const input = createAudioBlock(inputs.length, blockFrames);
  const output = createAudioBlock(outputs.length, blockFrames);
  for (let from = 0; from < length; from += blockFrames) {
    const frameCount = Math.min(blockFrames, length - from);
    input.frameCount = output.frameCount = frameCount;
    inputs.forEach((channel, i) => input.channels[i]!.set(channel.subarray(from, from + frameCount)));
    renderer.process(input, output);
    outputs.forEach((channel, i) => channel.set(output.channels[i]!.subarray(0, frameCount), from));
  }
  return outputs;
}

const ones = (length = 64): Float32Array => new Float32Array(length).fill(1);

/** First sample of every channel. */
const gainsOf = (scene: Scene, order: number, inputCount = 1, more: More = {}): number[] =>
  rendered(
    scene,
    order,
    Array.from({ length: inputCount }, () => ones()),
    more,
  ).map((channel) => channel[0]!);

const expectClose = (found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-6): void =>
  expect(Math.max(...Array.from(found, (value, i) => Math.abs(value - wanted[i]!)))).toBeLessThan(tolerance);

test('an object is encoded as a plane wave, W at its own level', () => {
  const gains = gainsOf(sceneOf(objectOf([blockAt(110, 30)])), 7);
  expect(gains[0]).toBe(1);
  expectClose(gains, sphericalHarmonics(7, 110, 30));
});

test('left is positive Y; distance changes nothing', () => {
  expect(gainsOf(sceneOf(objectOf([blockAt(90)])), 1)[1]).toBeCloseTo(1, 6);
  const far = blockAt(20, 10, {
    position: { kind: 'polar', azimuthDeg: 20, elevationDeg: 10, distance: 0.3 },
  });
  expectClose(gainsOf(sceneOf(objectOf([far])), 3), sphericalHarmonics(3, 20, 10));
});

test('cartesian corners are the loudspeakers of 4+5+0', () => {
  const corner = blockAt(0, 0, { position: { kind: 'cartesian', xyz: [-1, -1, 0] } });
  expectClose(gainsOf(sceneOf(objectOf([corner])), 3), sphericalHarmonics(3, 110, 0));
});

test('Z of a flyover rises and falls, W stays', () => {
  const flyover = objectOf([
    blockAt(0, 0, { durationSec: sec('0.01') }),
    blockAt(0, 90, { startSec: sec('0.01'), durationSec: sec('0.5') }),
    blockAt(180, 0, { startSec: sec('0.51'), durationSec: sec('0.5') }),
  ]);
  const [w, , z, x] = rendered(sceneOf(flyover), 1, [ones(48000)]);
  const at = (channel: Float32Array | undefined) =>
    [1000, 12000, 24480, 36000, 47000].map((n) => channel![n]!);
  at(w).forEach((value) => expect(value).toBeCloseTo(1, 5));
  const height = at(z);
  expect(height[1]).toBeGreaterThan(height[0]! + 0.3);
  expect(height[2]).toBeCloseTo(1, 4);
  expect(height[3]).toBeLessThan(height[2]! - 0.1);
  expect(at(x)[1]).toBeGreaterThan(0.5);
  expect(at(x)[4]).toBeLessThan(-0.5);
});

describe('beds', () => {
  test('channels stand where their loudspeakers do, at their gains', () => {
    const bed = bedOf(['M+030', 'U-045'], { gainDb: -6, layout: '4+7+0' });
    const gains = rendered(sceneOf(bed), 3, [ones(), new Float32Array(64)]).map((channel) => channel[0]!);
    const level = 10 ** (-6 / 20);
    expectClose(
      gains,
      sphericalHarmonics(3, 30, 0).map((value) => value * level),
    );
    const upper = rendered(sceneOf(bed), 3, [new Float32Array(64), ones()]).map((channel) => channel[0]!);
    expectClose(
      upper,
      sphericalHarmonics(3, -45, 30).map((value) => value * level),
    );
  });

  test('LFE is left out unless a level is given, then W alone has it', () => {
    const scene = sceneOf(bedOf(['LFE1']));
    expect(gainsOf(scene, 1)).toEqual([0, 0, 0, 0]);
    expectClose(gainsOf(scene, 1, 1, { lfeDb: -10 }), [10 ** -0.5, 0, 0, 0]);
  });
});

describe('ambisonic beds', () => {
  const unit = (count: number, which: number): Float32Array[] =>
    Array.from({ length: count }, (_, i) => (i === which ? ones() : new Float32Array(64)));
  const column = (scene: Scene, order: number, count: number, which: number, more: More = {}): number[] =>
    rendered(scene, order, unit(count, which), more).map((channel) => channel[0]!);

  test('SN3D of the same order passes bit for bit', () => {
    const inputs = Array.from({ length: 16 }, (_, i) => noise(1000, i + 1));
    const outputs = rendered(sceneOf(ambisonicBed(3, 'SN3D')), 3, inputs);
    expect(outputs).toEqual(inputs);
  });

  test('N3D is scaled, FuMa reordered', () => {
    expect(column(sceneOf(ambisonicBed(1, 'N3D')), 1, 4, 2)[2]).toBeCloseTo(1 / Math.sqrt(3), 6);
    expect(column(sceneOf(ambisonicBed(1, 'FuMa')), 1, 4, 1)).toEqual([0, 0, 0, 1]);
    expect(column(sceneOf(ambisonicBed(1, 'FuMa')), 1, 4, 0)[0]).toBeCloseTo(Math.SQRT2, 6);
  });

  test('a lower order leaves the rest silent; a higher one is cut off with a warning', () => {
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning) => void warnings.push(warning);
    expect(column(sceneOf(ambisonicBed(1, 'SN3D')), 2, 4, 3, { onWarning })).toEqual([
      0, 0, 0, 1, 0, 0, 0, 0, 0,
    ]);
    expect(warnings).toEqual([]);
    expect(column(sceneOf(ambisonicBed(2, 'SN3D')), 1, 9, 8, { onWarning })).toEqual([0, 0, 0, 0]);
    expect(warnings.map(({ code }) => code)).toEqual(['ambisonic-order-cut']);
  });
});

test('a rotated scene is the scene of rotated sources, within 1e-6 at order 7', () => {
  const rotation = { yawDeg: 40, pitchDeg: -25, rollDeg: 70 };
  const turned = cartesianToPolar(rotateVector(rotationMatrix(rotation), polarToCartesian(110, 30)));
  const wanted = sphericalHarmonics(7, turned.azimuthDeg, turned.elevationDeg);
  expectClose(gainsOf(sceneOf(objectOf([blockAt(110, 30)])), 7, 1, { rotation }), wanted);
  const bed = { ...bedOf(['M+030']), channels: [{ ...bedOf(['M+030']).channels[0]!, label: 'U+110' }] };
  expectClose(gainsOf(sceneOf(bed), 7, 1, { rotation }), wanted);
});

test('a turned scene is the encoded scene turned: objects that move and spread, beds, FuMa, within 1e-6', () => {
  const rotation = { yawDeg: -140, pitchDeg: 35, rollDeg: 12 };
  const scene = sceneOf(
    objectOf([
      blockAt(-170, 0, { durationSec: sec('0.005') }),
      blockAt(100, 60, { startSec: sec('0.005'), durationSec: sec('0.04'), width: 60, height: 20 }),
      blockAt(0, -20, {
        startSec: sec('0.045'),
        divergence: { value: 0.5, azimuthRangeDeg: 30, positionRange: undefined },
      }),
    ]),
    bedOf(['M+030', 'U-045'], { id: 'bed2', layout: '4+7+0' }),
    ambisonicBed(3, 'FuMa', { id: 'hoa' }),
  );
  const inputs = Array.from({ length: 1 + 2 + 16 }, (_, i) => noise(3000, i + 1, 0.2));
  const turn = shRotationMatrix(7, rotationMatrix(rotation));
  const straight = rendered(scene, 7, inputs);
  const turned = rendered(scene, 7, inputs, { rotation });
  turned.forEach((channel, row) => {
    const wanted = channel.map((_, n) =>
      straight.reduce((sum, other, acn) => sum + turn[row * 64 + acn]! * other[n]!, 0),
    );
    expectClose(channel, wanted);
  });
});

describe('a head-locked pair', () => {
  const pairOf = (scene: Scene, inputCount: number, more: More = {}): number[] =>
    gainsOf(scene, 1, inputCount, { headLocked: true, ...more });

  test('lies behind the ambisonic channels and has what wants no HRTF, nothing else has it', () => {
    const narrator = objectOf([blockAt(30)], { binauralMode: 'off', gainDb: -6 });
    const rotation = { yawDeg: 90, pitchDeg: 0, rollDeg: 0 };
    expectClose(pairOf(sceneOf(narrator), 1, { rotation }), [0, 0, 0, 0, 10 ** -0.3, 0]);
    const music = bedOf(['M+030', 'M-030'], { id: 'music', binauralMode: 'off' });
    const both = rendered(sceneOf(music), 1, [ones(), ones().map((value) => value / 2)], {
      headLocked: true,
    });
    expectClose(
      both.map((channel) => channel[0]!),
      [0, 0, 0, 0, 1, 0.5],
    );
  });

  test('has channels of a bed that want no HRTF, and not those of the bed that do', () => {
    const bed = bedOf(['M+030', 'M-030'], { binauralMode: 'off' });
    const [left, right] = bed.channels;
    const mixed = { ...bed, channels: [left!, { ...right!, binauralMode: 'near' as const }] };
    const [w, y, , , pairLeft, pairRight] = rendered(sceneOf(mixed), 1, [ones(), ones()], {
      headLocked: true,
    }).map((channel) => channel[0]!);
    expectClose([w!, y!, pairLeft!, pairRight!], [1, -0.5, 1, 0]);
    const one = {
      ...bed,
      binauralMode: undefined,
      channels: [left!, { ...right!, binauralMode: 'off' as const }],
    };
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning) => void warnings.push(warning);
    const heard = rendered(sceneOf(one), 1, [ones(), ones()], { headLocked: true, onWarning });
    expectClose([heard[0]![0]!, heard[5]![0]!], [1, 1]);
    expect(warnings).toEqual([]);
  });

  test('is silent beside elements that turn, and says so if there are no others', () => {
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning) => void warnings.push(warning);
    expectClose(pairOf(sceneOf(objectOf([blockAt(0)])), 1, { onWarning }), [1, 0, 0, 1, 0, 0]);
    pairOf(sceneOf(ambisonicBed(1, 'SN3D', { id: 'hoa', binauralMode: 'off' })), 4, { onWarning });
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['head-locked-empty', undefined],
      ['head-locked-ambisonic', 'hoa'],
      ['head-locked-empty', undefined],
    ]);
  });

  test('shares an LFE of its own beds, at the level that is asked for', () => {
    const scene = sceneOf(bedOf(['LFE1'], { binauralMode: 'off' }));
    expectClose(pairOf(scene, 1), [0, 0, 0, 0, 0, 0]);
    expectClose(pairOf(scene, 1, { lfeDb: 0 }), [0, 0, 0, 0, Math.SQRT1_2, Math.SQRT1_2]);
  });

  test('without one, binaural mode off changes nothing', () => {
    expectClose(gainsOf(sceneOf(objectOf([blockAt(90)], { binauralMode: 'off' })), 1), [1, 1, 0, 0]);
  });
});

test('N3D output on request', () => {
  expectClose(
    gainsOf(sceneOf(objectOf([blockAt(110, 30)])), 3, 1, { normalization: 'N3D' }),
    sphericalHarmonics(3, 110, 30, 'N3D'),
  );
});

test('muted elements are silent, but keep their tracks', () => {
  const scene = sceneOf(
    objectOf([blockAt(0)], { id: 'a', mute: true }),
    bedOf(['M+030'], { id: 'b', mute: true }),
    objectOf([blockAt(90)], { id: 'c' }),
  );
  expectClose(gainsOf(scene, 1, 3), [1, 1, 0, 0]);
});

/** All samples as text: comparing arrays element by element takes the test runner long. */
const bitsOf = (channels: readonly Float32Array[]): string =>
  channels
    .map((channel) => Buffer.from(channel.buffer, channel.byteOffset, channel.byteLength).toString('base64'))
    .join();

test('any block size gives the same bits, and a later start the same tail', () => {
  const scene = sceneOf(
    objectOf([
      blockAt(-170, 0, { durationSec: sec('0.005') }),
      blockAt(100, 60, { startSec: sec('0.005'), durationSec: sec('0.04'), gainDb: -3, width: 60 }),
      blockAt(0, -20, { startSec: sec('0.05') }),
    ]),
    bedOf(['M+030', 'M-030', 'LFE1'], { id: 'bed2' }),
    ambisonicBed(2, 'FuMa', { id: 'hoa', gainDb: -4 }),
  );
  const inputs = Array.from({ length: 1 + 3 + 9 }, (_, i) => noise(4500, i + 1));
  const reference = rendered(scene, 5, inputs, {}, 512);
  for (const blockFrames of [1, 7, 4096, 4500])
    expect(bitsOf(rendered(scene, 5, inputs, {}, blockFrames))).toBe(bitsOf(reference));
  const later = rendered(
    scene,
    5,
    inputs.map((channel) => channel.subarray(1001)),
    { startSample: 1001 },
  );
  expect(bitsOf(later)).toBe(bitsOf(reference.map((channel) => channel.subarray(1001))));
});

describe('diffuse objects', () => {
  const diffuseScene = (diffuse: number, more: Partial<ObjectBlock> = {}): Scene =>
    sceneOf(objectOf([blockAt(0, 0, { diffuse, ...more })]));
  const aside = { kind: 'polar', azimuthDeg: 50, elevationDeg: 10, distance: 1 } as const;
  const input = noise(30_000, 7, 0.5);
  const power = (channel: Float32Array): number =>
    channel.subarray(5000).reduce((sum, value) => sum + value * value, 0) / (channel.length - 5000);

  test.each([0.3, 1])('diffuse %f: W keeps its power, and a wide source sounds from its sides', (diffuse) => {
    const [w] = rendered(diffuseScene(diffuse, { position: aside }), 3, [input]);
    // Random all-passes of 512 taps correlate by 1 / sqrt(512) in the mean: a few tenths of a dB for two of them.
    expect(Math.abs(10 * Math.log10(power(w!) / power(input)))).toBeLessThan(0.5);
    const plain = rendered(diffuseScene(0, { width: 120 }), 3, [input]);
    const spread = rendered(diffuseScene(diffuse, { width: 120 }), 3, [input]);
    // The sides of a wide source in front cancel in Y as long as they play one signal.
    const share = (channels: readonly Float32Array[]): number => power(channels[1]!) / power(channels[0]!);
    expect(share(plain)).toBeLessThan(1e-6);
    expect(share(spread)).toBeGreaterThan(0.1 * diffuse);
  });

  test('what is not diffuse waits for the decorrelators, and is what it was', () => {
    const voice = objectOf([blockAt(-30)], { id: 'voice' });
    const hall = objectOf([blockAt(0, 0, { diffuse: 1 })], { id: 'hall' });
    const scene = sceneOf(voice, hall);
    const { latencySamples } = createAmbisonicRenderer({
      scene,
      order: 2,
      sampleRateHz: 48000,
      kernels: createScalarKernels(),
    });
    expect(latencySamples).toBe(1536 + 255);
    const silence = new Float32Array(input.length);
    const found = rendered(scene, 2, [input, silence]);
    const wanted = rendered(sceneOf(voice), 2, [input]);
    found.forEach((channel, acn) =>
      expectClose(channel.subarray(latencySamples), wanted[acn]!.subarray(0, -latencySamples)),
    );
  });

  test('turn with the scene', () => {
    const rotation = { yawDeg: 75, pitchDeg: 20, rollDeg: -40 };
    const scene = sceneOf(
      objectOf([
        blockAt(50, 10, { diffuse: 0.8, durationSec: sec('0.1') }),
        blockAt(-50, 40, { diffuse: 0.2, startSec: sec('0.1'), durationSec: sec('0.2'), width: 40 }),
      ]),
    );
    const turn = shRotationMatrix(3, rotationMatrix(rotation));
    const straight = rendered(scene, 3, [input]);
    const turned = rendered(scene, 3, [input], { rotation });
    expect(power(turned[0]!)).toBeGreaterThan(0.001);
    turned.forEach((channel, row) =>
      expectClose(
        channel,
        channel.map((_, n) =>
          straight.reduce((sum, other, acn) => sum + turn[row * 16 + acn]! * other[n]!, 0),
        ),
      ),
    );
  });

  test('give the same bits for any block size', () => {
    const scene = diffuseScene(0.6);
    const reference = rendered(scene, 2, [input], {}, 512);
    for (const blockFrames of [7, 10_000])
      expect(bitsOf(rendered(scene, 2, [input], {}, blockFrames))).toBe(bitsOf(reference));
  });

  test('of a head-locked pair stay as they are, without latency', () => {
    const scene = sceneOf(objectOf([blockAt(30, 0, { diffuse: 1 })], { binauralMode: 'off' }));
    expectClose(gainsOf(scene, 1, 1, { headLocked: true }), [0, 0, 0, 0, 1, 0]);
  });
});

test('warns once of what ambisonics cannot carry', () => {
  const warnings: Warning[] = [];
  const zone = {
    kind: 'polar',
    azimuthDeg: [-30, 30],
    elevationDeg: [-90, 90],
  } as const;
  createAmbisonicRenderer({
    scene: sceneOf(
      objectOf([blockAt(0, 0, { zoneExclusion: [zone] })], { id: 'a', mute: true }),
      objectOf(
        [
          blockAt(0, 0, { durationSec: sec('1') }),
          blockAt(0, 0, { startSec: sec('1'), zoneExclusion: [zone] }),
        ],
        { id: 'b', name: 'hall' },
      ),
      objectOf([blockAt(0, 0, { zoneExclusion: [zone] })], { id: 'c' }),
    ),
    order: 3,
    sampleRateHz: 48000,
    kernels: createScalarKernels(),
    onWarning: (warning) => void warnings.push(warning),
  });
  expect(warnings.map(({ code, path }) => [code, path])).toEqual([
    ['ambisonic-zone-exclusion', 'b.blocks[1]'],
  ]);
  expect(warnings[0]!.message).toContain('"hall"');
});

test('refuses other orders', () => {
  expect(() => gainsOf(sceneOf(objectOf([blockAt(0)])), 8)).toThrow(ConfigError);
});
