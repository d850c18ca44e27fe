import { createAudioBlock } from '../../base/audio-block.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { decoderShape, designBinauralDecoder } from '../../render/ambisonic/binaural-decoder.ts';
import { earGain } from '../../render/binaural/ear-filters.ts';
import { createRenderer } from '../../render/renderer.ts';
import { sceneTracks, type Scene } from '../../scene/scene.ts';

/** Room behind the wave front for the low-pass of the LFE to fall below -100 dB. */
const lfeTailSec = 0.03;

/** Room before the earliest arrival. */
const leadMarginSamples = 16;

/** Lengths and delays of the filters of an HRTF set, in samples at its rate. */
export interface FilterShape {
  readonly ambisonicTapCount: number;
  readonly ambisonicDelaySamples: number;
  readonly loudspeakerTapCount: number;
  readonly loudspeakerDelaySamples: number;
}

/** How long the filters of a set are, and where the wave front of a source in front lies in them. */
export function filterShape({ sampleRateHz, tapCount, arrivalSamples }: HrtfSet): FilterShape {
  const decoder = decoderShape(sampleRateHz);
  const earliest = arrivalSamples.reduce((min, arrival) => Math.min(min, arrival), 0);
  const latest = arrivalSamples.reduce((max, arrival) => Math.max(max, arrival), 0);
  const delaySamples = Math.max(decoder.delaySamples, Math.ceil(-earliest) + leadMarginSamples);
  const tailSamples = Math.max(tapCount + Math.ceil(latest) + 1, Math.ceil(lfeTailSec * sampleRateHz));
  return {
    ambisonicTapCount: decoder.tapCount,
    ambisonicDelaySamples: decoder.delaySamples,
    loudspeakerTapCount: delaySamples + tailSamples,
    loudspeakerDelaySamples: delaySamples,
  };
}

/**
 * Filters of the binaural decoder, at the level of the binaural renderer.
 * @param order 1..7
 * @returns left [acn][tap], then right [acn][tap]; ACN, SN3D
 */
export function ambisonicFilters(order: number, hrtf: HrtfSet): Float32Array<ArrayBuffer> {
  const { left, right } = designBinauralDecoder(order, hrtf);
  const filters = [...left, ...right];
  const { length } = filters[0]!;
  const samples = new Float32Array(filters.length * length);
  filters.forEach((filter, index) => samples.set(filter, index * length));
  return samples.map((sample) => sample * earGain);
}

/**
 * Responses of both ears to each channel of a bed, LFE included: what the binaural renderer makes of an impulse there.
 * @param scene of one bed
 * @returns [channel][ear][tap]
 */
export function loudspeakerFilters(scene: Scene, hrtf: HrtfSet, kernels: Kernels): Float32Array<ArrayBuffer> {
  const { sampleRateHz } = hrtf;
  const { loudspeakerTapCount: tapCount, loudspeakerDelaySamples: delaySamples } = filterShape(hrtf);
  const renderer = createRenderer({ scene, format: { kind: 'binaural' }, sampleRateHz, kernels, hrtf });
  const trackCount = sceneTracks(scene).length;
  // Before that the renderer gives silence, whatever comes in.
  const startSample = renderer.latencySamples - delaySamples;
  const input = createAudioBlock(trackCount, startSample + tapCount);
  const output = createAudioBlock(2, input.frameCount);
  const samples = new Float32Array(trackCount * 2 * tapCount);
  for (let track = 0; track < trackCount; track++) {
    renderer.reset();
    input.channels[track]![0] = 1;
    renderer.process(input, output);
    input.channels[track]![0] = 0;
    output.channels.forEach((ear, index) =>
      samples.set(ear.subarray(startSample), (2 * track + index) * tapCount),
    );
  }
  return samples;
}
