import type { SourceMixer } from '../kernels/interfaces/mix.ts';

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

/** Maker of the ramps of one source: in order of time, without overlaps, pulled as they are needed; each call starts anew. */
export type RampSource = () => Iterator<GainRamp>;

/** Longest ramp that the mixer gets in one piece: single precision still counts its samples exactly. */
const pieceSamples = 65536;

/**
 * Plays sources into a mixer with gains that follow ramps; a source with no ramp at a moment is silent. A source is
 * split only where one of its own ramps begins or ends, so that automation of any length costs no memory and no more
 * splits than it has.
 */
export class RampPlayer {
  private readonly startSample: number;
  private readonly cursors: readonly RampCursor[];
  private position: number;

  /** @param startSample absolute sample of the first one that is played */
  constructor(mixer: SourceMixer, sources: readonly RampSource[], startSample: number) {
    this.startSample = startSample;
    this.cursors = sources.map((makeRamps, source) => new RampCursor(mixer, source, makeRamps));
    this.position = startSample;
  }

  /** Adds frames [from, from + frameCount) of every source to the frames of the mixer's round from atFrame on. */
  play(inputs: readonly Float32Array[], from: number, frameCount: number, atFrame: number): void {
    for (let source = 0; source < this.cursors.length; source++) {
      const cursor = this.cursors[source]!;
      cursor.play(inputs[source]!, from, frameCount, atFrame, this.position);
    }
    this.position += frameCount;
  }

  /** Goes back to the start. */
  restart(): void {
    this.position = this.startSample;
    for (const cursor of this.cursors) cursor.restart();
  }
}

/** Follows the ramps of one source; at any time it stands on a piece of a ramp, or on a gap between two. */
class RampCursor {
  private readonly mixer: SourceMixer;
  private readonly source: number;
  private readonly makeRamps: RampSource;
  private ramps: Iterator<GainRamp>;
  private ramp: GainRamp | undefined;
  private isOver = false;
  /** Absolute samples [pieceStart, pieceEnd) over which one setting of the mixer holds. */
  private pieceStart = -Infinity;
  private pieceEnd = -Infinity;
  private isHeard = false;

  constructor(mixer: SourceMixer, source: number, makeRamps: RampSource) {
    this.mixer = mixer;
    this.source = source;
    this.makeRamps = makeRamps;
    this.ramps = makeRamps();
  }

  restart(): void {
    this.ramps = this.makeRamps();
    this.ramp = undefined;
    this.isOver = false;
    this.pieceStart = this.pieceEnd = -Infinity;
  }

  /** Adds the source over some frames, cut where it changes its ramp. @param position absolute sample of the first */
  play(samples: Float32Array, from: number, frameCount: number, atFrame: number, position: number): void {
    const { mixer, source } = this;
    let isLoaded = false;
    for (let done = 0; done < frameCount;) {
      this.moveTo(position + done);
      const stop = Math.min(frameCount, this.pieceEnd - position);
      if (this.isHeard) {
        if (!isLoaded) mixer.load(samples, from, from + frameCount, atFrame);
        isLoaded = true;
        mixer.mix(source, position + done - this.pieceStart, atFrame + done, atFrame + stop);
      }
      done = stop;
    }
  }

  /** Steps on until the piece holds the sample; samples only grow. */
  private moveTo(sample: number): void {
    if (sample < this.pieceEnd) return;
    while (!this.isOver && (this.ramp === undefined || this.ramp.endSample <= sample)) {
      const next = this.ramps.next();
      this.isOver = next.done === true;
      this.ramp = next.done ? undefined : next.value;
    }
    const { ramp } = this;
    if (ramp === undefined || sample < ramp.startSample) {
      this.pieceStart = sample;
      this.pieceEnd = ramp ? ramp.startSample : Infinity;
      this.isHeard = false;
    } else {
      this.setPiece(ramp, sample);
    }
  }

  private setPiece(ramp: GainRamp, sample: number): void {
    const { gainsStart, gainsEnd, startSample, endSample } = ramp;
    const pastSamples = Math.floor((sample - startSample) / pieceSamples) * pieceSamples;
    const lengthSamples = endSample - startSample;
    this.pieceStart = startSample + pastSamples;
    this.pieceEnd = Math.min(this.pieceStart + pieceSamples, endSample);
    this.isHeard = this.mixer.setRamp(this.source, gainsStart, gainsEnd, lengthSamples, pastSamples);
  }
}
