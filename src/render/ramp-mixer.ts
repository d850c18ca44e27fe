import type { Processor } from '../base/processor.ts';
import type { Kernels, MixKernel } from '../kernels/kernels.ts';
import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';

/**
 * Gains of one source that are linear over time, from `gainsStart` at `startSample` to `gainsEnd` at `endSample`.
 * Whoever makes ramps may use the arrays again once the next ramp is pulled.
 */
export interface GainRamp {
  /** First sample that it covers, a whole number. */
  readonly startSample: number;
  /** First sample after it; Infinity where the gains are constant to the end. */
  readonly endSample: number;
  /** [output] */
  readonly gainsStart: Float64Array;
  /** [output] */
  readonly gainsEnd: Float64Array;
}

/** Settings of `createRampMixer`. */
export interface RampMixerOptions {
  readonly kernels: Kernels;
  readonly outputCount: number;
  /** One maker of ramps a source; the ramps come in order of time, do not overlap, and are pulled as they are needed. */
  readonly sources: readonly (() => Iterator<GainRamp>)[];
  /** Absolute sample of the first input sample; default 0. */
  readonly startSample?: number;
}

/** Frames of one round of the mixing kernel. */
const roundFrames = 4096;

/** Longest ramp that the kernel gets in one piece: single precision still counts its samples exactly. */
const pieceSamples = 65536;

/**
 * Mixes sources into outputs with gains that follow ramps; a source with no ramp at a moment is silent. A source is
 * split only where one of its own ramps begins or ends, so that automation of any length costs no memory and no more
 * splits than it has.
 */
export function createRampMixer(options: RampMixerOptions): Processor {
  const { kernels, outputCount, startSample = 0 } = options;
  const sourceCount = options.sources.length;
  const kernel = kernels.createMix(sourceCount, outputCount, roundFrames);
  const roundInput = createAudioBlock(sourceCount, roundFrames);
  const roundOutput = createAudioBlock(outputCount, roundFrames);
  const cursors = options.sources.map((makeRamps) => new RampCursor(makeRamps, outputCount));
  let position = startSample;

  const mixRound = (
    inputs: readonly Float32Array[],
    outputs: readonly Float32Array[],
    frameCount: number,
  ): void => {
    kernel.load(inputs, frameCount);
    for (let source = 0; source < cursors.length; source++) {
      mixSource(kernel, source, cursors[source]!, position, frameCount);
    }
    kernel.store(outputs);
    position += frameCount;
  };

  return {
    inputChannelCount: sourceCount,
    outputChannelCount: outputCount,
    latencySamples: 0,
    process(input: AudioBlock, output: AudioBlock): void {
      if (input.frameCount <= roundFrames) {
        mixRound(input.channels, output.channels, input.frameCount);
        return;
      }
      for (let from = 0; from < input.frameCount; from += roundFrames) {
        const frameCount = Math.min(roundFrames, input.frameCount - from);
        copyFrames(input.channels, from, roundInput.channels, 0, sourceCount, frameCount);
        mixRound(roundInput.channels, roundOutput.channels, frameCount);
        copyFrames(roundOutput.channels, 0, output.channels, from, outputCount, frameCount);
      }
    },
    reset(): void {
      position = startSample;
      for (const cursor of cursors) cursor.restart();
    },
  };
}

/** Adds one source over a round, cut where it changes its ramp. */
function mixSource(
  kernel: MixKernel,
  source: number,
  cursor: RampCursor,
  roundStart: number,
  frameCount: number,
): void {
  let from = 0;
  while (from < frameCount) {
    cursor.moveTo(roundStart + from);
    const to = Math.min(frameCount, cursor.pieceEnd - roundStart);
    if (!cursor.isSilent) {
      cursor.load(kernel, source);
      kernel.mix(source, roundStart + from - cursor.pieceStart, from, to);
    }
    from = to;
  }
}

/** Follows the ramps of one source; at any time it stands on a piece of a ramp, or on a gap between two. */
class RampCursor {
  /** Absolute samples [pieceStart, pieceEnd) over which one setting of the kernel holds. */
  pieceStart = -Infinity;
  pieceEnd = -Infinity;
  isSilent = true;
  private readonly makeRamps: () => Iterator<GainRamp>;
  private readonly starts: Float64Array;
  private readonly steps: Float64Array;
  private ramps: Iterator<GainRamp>;
  private ramp: GainRamp | undefined;
  private isOver = false;
  /** Whether the kernel has this piece. */
  private isLoaded = false;

  constructor(makeRamps: () => Iterator<GainRamp>, outputCount: number) {
    this.makeRamps = makeRamps;
    this.starts = new Float64Array(outputCount);
    this.steps = new Float64Array(outputCount);
    this.ramps = makeRamps();
  }

  restart(): void {
    this.ramps = this.makeRamps();
    this.ramp = undefined;
    this.isOver = false;
    this.pieceStart = this.pieceEnd = -Infinity;
  }

  /** Steps on until the piece holds the sample; samples only grow. */
  moveTo(sample: number): void {
    if (sample < this.pieceEnd) return;
    while (!this.isOver && (this.ramp === undefined || this.ramp.endSample <= sample)) {
      const next = this.ramps.next();
      this.isOver = next.done === true;
      this.ramp = next.done ? undefined : next.value;
    }
    this.isLoaded = false;
    const ramp = this.ramp;
    if (ramp === undefined || sample < ramp.startSample) {
      this.setGap(sample, ramp ? ramp.startSample : Infinity);
    } else {
      this.setPiece(ramp, sample);
    }
  }

  /** Gives the piece to the kernel, once. */
  load(kernel: MixKernel, source: number): void {
    if (this.isLoaded) return;
    kernel.setRamp(source, this.starts, this.steps);
    this.isLoaded = true;
  }

  private setGap(start: number, end: number): void {
    this.pieceStart = start;
    this.pieceEnd = end;
    this.isSilent = true;
  }

  private setPiece(ramp: GainRamp, sample: number): void {
    const { gainsStart, gainsEnd, startSample, endSample } = ramp;
    const pastSamples = Math.floor((sample - startSample) / pieceSamples) * pieceSamples;
    const lengthSamples = endSample - startSample;
    this.pieceStart = startSample + pastSamples;
    this.pieceEnd = Math.min(this.pieceStart + pieceSamples, endSample);
    this.isSilent = true;
    for (let output = 0; output < this.starts.length; output++) {
      const start = gainsStart[output]!;
      const step = gainsEnd[output] === start ? 0 : (gainsEnd[output]! - start) / lengthSamples;
      this.starts[output] = start + step * pastSamples;
      this.steps[output] = step;
      if (start !== 0 || step !== 0) this.isSilent = false;
    }
  }
}

function copyFrames(
  sources: readonly Float32Array[],
  sourceFrom: number,
  targets: readonly Float32Array[],
  targetFrom: number,
  channelCount: number,
  frameCount: number,
): void {
  for (let channel = 0; channel < channelCount; channel++) {
    const source = sources[channel]!;
    const target = targets[channel]!;
    for (let frame = 0; frame < frameCount; frame++) target[targetFrom + frame] = source[sourceFrom + frame]!;
  }
}
