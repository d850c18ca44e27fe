import type { DelayTable } from '../kernels.ts';

const tapCount = 16;

/** Frames of a block over which taps go linearly, longest first, and the largest change of delay over them. */
const blockLengths = [16, 4];
const largestChange = 1 / 64;

/**
 * Reads a line with a delay of `delaySamples` at the first frame and `step` more at each following one.
 * @param line history, then the hop from `origin` on
 */
export function readDelayed(
  { phasesPerSample, marginRows, coefficients }: DelayTable,
  line: Float32Array,
  origin: number,
  delaySamples: number,
  step: number,
  output: Float32Array,
): void {
  const blockFrames = blockLengths.find((length) => Math.abs(step) * length <= largestChange) ?? 1;
  for (let frame = 0; frame < output.length; frame += blockFrames) {
    const back = -(delaySamples + step * frame);
    const whole = Math.floor(back);
    const phase = (back - whole) * phasesPerSample;
    // A block of one frame never gets to its end, which may lie outside of the table.
    const endPhase = blockFrames === 1 ? phase : phase - step * blockFrames * phasesPerSample;
    const row = Math.floor(phase);
    const endRow = Math.floor(endPhase);
    const at = (row + marginRows) * tapCount;
    const endAt = (endRow + marginRows) * tapCount;
    for (let n = 0; n < blockFrames; n++) {
      const x = origin + frame + n + whole - (tapCount / 2 - 1);
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++) {
        const from = mix(coefficients, at + tap, phase - row);
        const to = mix(coefficients, endAt + tap, endPhase - endRow);
        sum += (from + ((to - from) * n) / blockFrames) * line[x + tap]!;
      }
      output[frame + n] = sum;
    }
  }
}

/** A tap on the way from one row to the next. */
function mix(coefficients: Float32Array, index: number, share: number): number {
  const from = coefficients[index]!;
  return from + (coefficients[index + tapCount]! - from) * share;
}
