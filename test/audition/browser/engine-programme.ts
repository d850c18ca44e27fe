import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Session, Source } from '../../../src/audition/protocol/session.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { shChannelCount, sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { designBinauralDecoder } from '../../../src/render/ambisonic/binaural-decoder.ts';
import { createRenderer } from '../../../src/render/renderer.ts';
import type { RenderFormat } from '../../../src/render/render-format.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, impulse, objectOf, sceneOf } from '../../render/binaural/scenes.ts';
import type { EngineProgramme } from './engine-server.ts';

/** Rate of the programmes. */
export const sampleRateHz = 48000;
/** Length of the programmes. */
export const frameCount = 4 * sampleRateHz;

const kernels = createScalarKernels();

/** Renders tracks; the latency is taken out. */
export function rendered(
  scene: Scene,
  format: RenderFormat,
  hrtf: HrtfSet,
  tracks: readonly Float32Array[],
  settings = {},
): Float32Array[] {
  const processor = createRenderer({ scene, format, sampleRateHz, kernels, hrtf, settings });
  const length = tracks[0]!.length + processor.latencySamples;
  const input = createAudioBlock(tracks.length, length);
  const output = createAudioBlock(processor.outputChannelCount, length);
  tracks.forEach((track, t) => input.channels[t]!.set(track));
  processor.process(input, output);
  return output.channels.map((channel) => channel.subarray(processor.latencySamples));
}

/** [frame][channel] of planar channels. */
export function interleaved(channels: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(channels.length * channels[0]!.length);
  channels.forEach((channel, c) => channel.forEach((value, i) => (samples[i * channels.length + c] = value)));
  return samples;
}

/**
 * Responses of the two ears to an impulse in each track of a scene [track][ear][slotFrames].
 * @param delay of the impulses in their slots
 */
export function earResponses(
  scene: Scene,
  hrtf: HrtfSet,
  trackCount: number,
  slotFrames: number,
  delay: number,
  settings = {},
): Float32Array[][] {
  // One after the other, so that one renderer is enough.
  const tracks = Array.from({ length: trackCount }, (_, track) =>
    impulse(trackCount * slotFrames, track * slotFrames + delay),
  );
  const ears = rendered(scene, { kind: 'binaural' }, hrtf, tracks, settings);
  return tracks.map((_, track) =>
    ears.map((ear) => ear.subarray(track * slotFrames, (track + 1) * slotFrames)),
  );
}

/** Responses of the loudspeakers of a layout [loudspeaker][ear][tap], later by a delay. */
export function loudspeakerFilters(layout: string, hrtf: HrtfSet, delay: number, taps: number): Float32Array {
  const labels = getLayout(layout).loudspeakers.map(({ label }) => label);
  const responses = earResponses(sceneOf(bedOf(labels)), hrtf, labels.length, 2 * taps, delay);
  return Float32Array.from(responses.flatMap((ears) => ears.flatMap((ear) => [...ear.subarray(0, taps)])));
}

/** White noise from the left in every form that the page plays, twins of one stereo file, and a scene of three objects. */
export async function leftNoiseProgramme(): Promise<EngineProgramme> {
  const hrtf = await loadDefaultHrtf(sampleRateHz);
  const signal = noise(frameCount, 1, 0.25);
  const scene = sceneOf(objectOf([blockAt(90)]));
  const audio = new Map<string, Float32Array>();
  const sources: Source[] = [];
  const add = (id: string, channels: readonly Float32Array[], more: Partial<Source>): void => {
    audio.set(id, interleaved(channels));
    sources.push({
      id,
      label: id,
      kind: 'stereo',
      channelCount: channels.length,
      channelLabels: channels.map((_, c) => `${c}`),
      frameCount: channels[0]!.length,
      fileSampleRateHz: sampleRateHz,
      ...more,
    });
  };
  const twins = [noise(frameCount, 5, 0.25), noise(frameCount, 6, 0.25)];
  add('twin-a', twins, {});
  add('twin-b', twins, {});
  const short = twins.map((channel) => channel.subarray(0, sampleRateHz));
  add('short', short, {});
  add('binaural', rendered(scene, { kind: 'binaural' }, hrtf, [signal]), { kind: 'binaural' });
  const layout = '7.1.4';
  const bed = rendered(scene, { kind: 'loudspeakers', layout: getLayout(layout) }, hrtf, [signal]);
  add('bed', bed, { kind: 'loudspeakers', layout });
  for (const order of [1, 2, 3]) {
    const harmonics = sphericalHarmonics(order, 90, 0, 'SN3D');
    const channels = Array.from({ length: shChannelCount(order) }, (_, acn) =>
      signal.map((value) => value * harmonics[acn]!),
    );
    add(`ambix${order}`, channels, { kind: 'ambisonics', order });
  }
  add('scene', [signal, noise(frameCount, 9, 0.25), signal], { kind: 'scene' });

  const ambisonicDelaySamples = designBinauralDecoder(1, hrtf).delaySamples;
  const loudspeakerDelaySamples = 40;
  const session: Session = {
    version: 1,
    title: 'noise from the left',
    sampleRateHz,
    frameCount,
    sources,
    hrtfs: [
      {
        id: 'kemar',
        name: 'KEMAR',
        ambisonicTapCount: 512,
        loudspeakerTapCount: 512,
        ambisonicDelaySamples,
        loudspeakerDelaySamples,
      },
    ],
    layouts: { [layout]: getLayout(layout).loudspeakers },
    checks: [],
  };
  return {
    session,
    audio,
    hrtf,
    loudspeakers: new Map([[layout, loudspeakerFilters(layout, hrtf, loudspeakerDelaySamples, 512)]]),
    scene: sceneOf(
      objectOf([blockAt(90)]),
      objectOf([blockAt(-90)]),
      objectOf([blockAt(90)], { binauralMode: 'off' }),
    ),
  };
}
