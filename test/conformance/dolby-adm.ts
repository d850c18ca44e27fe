import { createAudioBlock } from '../../src/base/audio-block.ts';
import { planAdm } from '../../src/io/adm/adm-writer.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { sceneTracks, type Scene } from '../../src/scene/scene.ts';
import { blockOf, objectOf } from '../io/adm/write-scenes.ts';
import { conformanceErrors, type ConformanceError } from './media-info.ts';

/** What MediaInfo holds against our masters though it is right, each with the reason. */
export const allowedErrors: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /gain\d+: gain element value "" is not permitted, permitted value is 0 due to importance/,
    reason:
      'A block of importance 0 must have gain 0, and has; MediaInfo 26.05 takes any gain there for empty, however it is written (0, 0.0, 0.000000, with gainUnit linear, -inf dB).',
  },
];

/** Writes a master of noise-free audio, a fifth of a second long; returns what MediaInfo finds beyond the allowed. */
export async function errorsOfMaster(
  scene: Scene,
  sampleRateHz: number,
  file: string,
): Promise<ConformanceError[]> {
  const kernels = await loadKernels();
  const frameCount = sampleRateHz / 5;
  const tool = { name: 'periphon', version: [0, 1, 0] as const };
  const writer = await planAdm(file, 'dolby', { scene, kernels, sampleRateHz, frameCount, tool }).start();
  await writer.write(createAudioBlock(sceneTracks(scene).length, frameCount));
  await writer.finish();
  const errors = await conformanceErrors(file);
  return errors.filter(
    ({ place, message }) => !allowedErrors.some(({ pattern }) => pattern.test(`${place}: ${message}`)),
  );
}

/** Objects that rest, move, jump, and use all that the profile has, one after another. */
export const variedObjects = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const place = {
      kind: 'polar' as const,
      azimuthDeg: (index * 37) % 360,
      elevationDeg: (index * 11) % 90,
      distance: 1,
    };
    const end = { kind: 'cartesian' as const, xyz: [0.5, -1, 1] as const };
    const zone = {
      kind: 'cartesian' as const,
      min: [-1, -1, -0.499] as const,
      max: [1, -0.41934, 0.499] as const,
    };
    const kinds = [
      [blockOf(0, undefined, { position: place })],
      [blockOf(0, 0.05, { position: place }), blockOf(0.05, 0.15, { position: end, gainDb: -6 })],
      [
        blockOf(0, 0.1, { position: place, width: 30, importance: 3 }),
        blockOf(0.1, undefined, { position: end, jumpPosition: true }),
      ],
      [
        blockOf(0, undefined, {
          position: end,
          zoneExclusion: [zone],
          channelLock: { maxDistance: undefined },
          diffuse: 1,
        }),
      ],
      [blockOf(0.02, 0.1, { position: end, gainDb: -Infinity, importance: 0 })],
    ];
    return objectOf(
      `object ${index}`,
      kinds[index % kinds.length]!,
      index % 7 === 0 ? { importance: 5, binauralMode: 'near' } : {},
    );
  });
