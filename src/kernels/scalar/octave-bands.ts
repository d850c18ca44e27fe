import { requireFrames, requireOctaveBands } from '../kernel-options.ts';
import type { OctaveBandDesign, OctaveBandKernel } from '../interfaces/meters.ts';

/** Filter states below this are set to zero, every so many samples of a stage. */
const smallestState = 1e-20;
const flushFrames = 32;
/** Inputs below this count as silence. */
const smallestInput = 1e-30;
const chunkFrames = 1024;

/** One sample rate of the cascade. */
interface Stage {
  /** Samples of one channel behind their history. */
  readonly row: Float64Array;
  /** [channel] */
  readonly histories: readonly Float64Array[];
  readonly bands: readonly number[];
  /** Number of the next sample; only even ones reach the next stage. */
  position: number;
  frameCount: number;
}

/** Creates the scalar `OctaveBandKernel`, all in float64. */
export function createOctaveBands(channelCount: number, design: OctaveBandDesign): OctaveBandKernel {
  requireOctaveBands(channelCount, design);
  const { bands, halfBandTaps } = design;
  const delayFrames = 2 * halfBandTaps.length - 1;
  const historyFrames = 2 * delayFrames;
  const stageCount = Math.max(...bands.map(({ stage }) => stage)) + 1;
  const stages = Array.from({ length: stageCount }, (_, stage): Stage => ({
    row: new Float64Array(historyFrames + chunkFrames),
    histories: Array.from({ length: channelCount }, () => new Float64Array(historyFrames)),
    bands: [...bands.keys()].filter((band) => bands[band]!.stage === stage),
    position: 0,
    frameCount: 0,
  }));
  /** [channel][band][section][2] */
  const states = new Float64Array(channelCount * bands.length * 6);

  /** Energy of a band of one channel and what is in its stage. */
  function energyOf(channel: number, band: number, count: number, energy: number): number {
    const { sections, gain, stage, isHighPass } = bands[band]!;
    const [b1, b2] = isHighPass ? [-2, 1] : [0, -1];
    const { row, position } = stages[stage]!;
    const first = 6 * (channel * bands.length + band);
    for (let i = 0; i < count; i++) {
      if ((position + i) % flushFrames === 0) flush(first, first + 6);
      let x = gain * row[historyFrames + i]!;
      let at = first;
      for (const [a1, a2] of sections) {
        const y = x + states[at]!;
        states[at] = b1 * x + states[at + 1]! - a1 * y;
        states[at + 1] = b2 * x - a2 * y;
        x = y;
        at += 2;
      }
      energy += x * x;
    }
    return energy;
  }

  function flush(from: number, to: number): void {
    for (let i = from; i < to; i++) if (Math.abs(states[i]!) < smallestState) states[i] = 0;
  }

  /** Fills the next stage with every second sample of a row. @returns how many */
  function halve({ row, position }: Stage, count: number, next: Float64Array): number {
    let written = 0;
    for (let i = historyFrames + (position & 1); i < historyFrames + count; i += 2) {
      const middle = i - delayFrames;
      let sum = row[middle]! / 2;
      for (let tap = 0; tap < halfBandTaps.length; tap++)
        sum += halfBandTaps[tap]! * (row[middle - 2 * tap - 1]! + row[middle + 2 * tap + 1]!);
      next[historyFrames + written++] = sum;
    }
    return written;
  }

  function accumulateChunk(channel: number, frameCount: number, energies: Float64Array): void {
    let count = frameCount;
    for (const [index, stage] of stages.entries()) {
      stage.row.set(stage.histories[channel]!, 0);
      for (const band of stage.bands) {
        const at = channel * bands.length + band;
        energies[at] = energyOf(channel, band, count, energies[at]!);
      }
      stage.histories[channel]!.set(stage.row.subarray(count, count + historyFrames));
      stage.frameCount = count;
      const next = stages[index + 1];
      if (next) count = halve(stage, count, next.row);
    }
  }

  return {
    channelCount,
    accumulate(inputs, frameCount, energies) {
      requireFrames('inputs', inputs, frameCount);
      const { row } = stages[0]!;
      for (let from = 0; from < frameCount; from += chunkFrames) {
        const count = Math.min(chunkFrames, frameCount - from);
        for (let channel = 0; channel < channelCount; channel++) {
          for (let i = 0; i < count; i++) {
            const sample = inputs[channel]![from + i]!;
            row[historyFrames + i] = Math.abs(sample) < smallestInput ? 0 : sample;
          }
          accumulateChunk(channel, count, energies);
        }
        for (const stage of stages) stage.position += stage.frameCount;
      }
    },
    reset() {
      states.fill(0);
      for (const stage of stages) {
        stage.position = 0;
        for (const history of stage.histories) history.fill(0);
      }
    },
  };
}
