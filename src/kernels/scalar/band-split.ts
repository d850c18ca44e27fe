import { planBandSplit, type BandSplitStep } from '../band-split-plan.ts';
import { requireBandSplit, requireFrames, requireInteger } from '../kernel-options.ts';
import type { BandSplitKernel, BandSplitOptions, CrossoverFilter } from '../interfaces/filters.ts';

/** Frames of a round at most. */
const capacityFrames = 1024;
/** Frames from one flush of the states to the next, counted from sample 0. */
const flushFrames = 128;
/** States below this are set to zero: denormal numbers would cost fifty times the time. */
const smallestState = 1e-20;
/** Inputs below this count as silence. */
const smallestInput = 1e-30;

/** Creates the scalar `BandSplitKernel`. */
export function createBandSplit(options: BandSplitOptions): BandSplitKernel {
  requireBandSplit(options);
  const { crossovers, detectorOfChannel, gainSetOfChannel, combination } = options;
  const channelCount = detectorOfChannel.length;
  const bandCount = crossovers.length + 1;
  const splitters = detectorOfChannel.map(() => new ChannelSplitter(crossovers));
  /** [channel][band][frame] */
  const bands = detectorOfChannel.map(() =>
    Array.from({ length: bandCount }, () => new Float32Array(capacityFrames)),
  );
  let position = 0;

  const measureBand = (
    band: Float32Array,
    weights: Float32Array | undefined,
    frameCount: number,
    powers: Float32Array,
  ): void => {
    for (let n = 0; n < frameCount; n++) {
      const heard = weights ? Math.fround(band[n]! * weights[n]!) : band[n]!;
      const power = Math.fround(heard * heard);
      powers[n] = combination === 'sum' ? powers[n]! + power : power > powers[n]! ? power : powers[n]!;
    }
  };

  return {
    channelCount,
    bandCount,
    capacityFrames,
    split(inputs, frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      requireFrames('inputs', inputs, frameCount);
      for (let from = 0, to; from < frameCount; from = to) {
        to = Math.min(frameCount, from + flushFrames - position);
        for (const [channel, splitter] of splitters.entries())
          splitter.split(inputs[channel]!, from, to, bands[channel]!);
        position = (position + to - from) % flushFrames;
        if (position === 0) splitters.forEach((splitter) => splitter.flush());
      }
    },
    load(band, inputs, frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      for (const [channel, own] of bands.entries()) own[band]!.set(inputs[channel]!.subarray(0, frameCount));
    },
    measure(weights, frameCount, powers) {
      requireFrames('powers', powers, frameCount);
      for (const row of powers) row.fill(0, 0, frameCount);
      for (const [channel, own] of bands.entries()) {
        const detector = detectorOfChannel[channel]!;
        if (detector < 0) continue;
        for (const [band, samples] of own.entries())
          measureBand(samples, weights[channel], frameCount, powers[detector * bandCount + band]!);
      }
    },
    sum(gains, frameCount, outputs) {
      requireFrames('gains', gains, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (const [channel, own] of bands.entries()) {
        const output = outputs[channel]!;
        for (const [band, samples] of own.entries()) {
          const gain = gains[gainSetOfChannel[channel]! * bandCount + band]!;
          for (let n = 0; n < frameCount; n++)
            output[n] = (band > 0 ? output[n]! : 0) + Math.fround(gain[n]! * samples[n]!);
        }
      }
    },
    reset() {
      position = 0;
      for (const splitter of splitters) splitter.reset();
    },
  };
}

/** The filters of one channel. */
class ChannelSplitter {
  private readonly steps: readonly BandSplitStep[];
  private readonly crossovers: readonly CrossoverFilter[];
  /** [step][w1, w2, v1, v2] */
  private readonly states: Float64Array;
  /** [band][frame] */
  private readonly lines: readonly Float64Array[];

  constructor(crossovers: readonly CrossoverFilter[]) {
    this.steps = planBandSplit(crossovers.length);
    this.crossovers = crossovers.map((crossover) => ({ ...crossover }));
    this.states = new Float64Array(4 * this.steps.length);
    this.lines = Array.from({ length: crossovers.length + 1 }, () => new Float64Array(flushFrames));
  }

  split(input: Float32Array, from: number, to: number, bands: readonly Float32Array[]): void {
    const frameCount = to - from;
    const first = this.lines[0]!;
    for (let n = 0; n < frameCount; n++) {
      const x = input[from + n]!;
      first[n] = Math.abs(x) < smallestInput ? 0 : x;
    }
    for (let step = 0; step < this.steps.length; step++) this.runStep(step, frameCount);
    for (const [band, line] of this.lines.entries()) {
      const samples = bands[band]!;
      for (let n = 0; n < frameCount; n++) samples[from + n] = line[n]!;
    }
  }

  /** Low-pass and all-pass share the poles of their first section (direct form II), the gain comes at the end. */
  private runStep(step: number, frameCount: number): void {
    const { kind, crossover, from, to } = this.steps[step]!;
    const { gain, a1, a2 } = this.crossovers[crossover]!;
    const [low, high] = [this.lines[from]!, this.lines[to]!];
    const square = gain * gain;
    let [w1, w2, v1, v2] = this.states.subarray(4 * step) as unknown as [number, number, number, number];
    for (let n = 0; n < frameCount; n++) {
      const w = low[n]! - a2 * w2 - a1 * w1;
      const turned = a2 * w + a1 * w1 + w2;
      if (kind === 'all-pass') low[n] = turned;
      else {
        const v = w + w2 + (w1 + w1) - a2 * v2 - a1 * v1;
        const lowPassed = square * (v + v2 + (v1 + v1));
        low[n] = lowPassed;
        high[n] = turned - lowPassed;
        v2 = v1;
        v1 = v;
      }
      w2 = w1;
      w1 = w;
    }
    this.states.set([w1, w2, v1, v2], 4 * step);
  }

  flush(): void {
    const { states } = this;
    for (let i = 0; i < states.length; i++) if (Math.abs(states[i]!) < smallestState) states[i] = 0;
  }

  reset(): void {
    this.states.fill(0);
  }
}
