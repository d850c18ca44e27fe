import type { AudioBlock } from '../../base/audio-block.ts';

/** Steps that a waveform is drawn in, about. */
const stepCount = 4000;

/** Gathers the largest and smallest sample of all channels in each step of a programme. */
export interface PeakSteps {
  readonly stepFrames: number;
  take(block: AudioBlock): void;
  /** min, max, min, max ... in 1/127 of full scale. */
  finish(): number[];
}

/** @param frameCount of the programme */
export function createPeakSteps(frameCount: number): PeakSteps {
  const stepFrames = Math.max(1, Math.ceil(frameCount / stepCount));
  const count = Math.ceil(frameCount / stepFrames);
  const lows = new Float32Array(count).fill(Infinity);
  const highs = new Float32Array(count).fill(-Infinity);
  let position = 0;
  return {
    stepFrames,
    take({ channels, frameCount: blockFrames }) {
      for (let from = 0; from < blockFrames;) {
        const step = Math.floor((position + from) / stepFrames);
        const to = Math.min(blockFrames, (step + 1) * stepFrames - position);
        for (const channel of channels) extend(channel, from, to, lows, highs, step);
        from = to;
      }
      position += blockFrames;
    },
    finish: () =>
      Array.from({ length: 2 * count }, (_, index) => {
        const value = (index % 2 === 0 ? lows : highs)[index >> 1]!;
        return Number.isFinite(value) ? Math.round(127 * value) : 0;
      }),
  };
}

/** Takes the samples of a stretch into the extremes of a step. */
function extend(
  samples: Float32Array,
  from: number,
  to: number,
  lows: Float32Array,
  highs: Float32Array,
  step: number,
): void {
  let [low, high] = [lows[step]!, highs[step]!];
  for (let n = from; n < to; n++) {
    const sample = samples[n]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  lows[step] = low;
  highs[step] = high;
}
