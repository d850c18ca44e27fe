import { raisePeak, type SharedState } from '../stream/shared-state.ts';

/** Time over which correlation is averaged. */
const correlationSec = 0.15;
/** Mean power below which there is silence: -120 dB. */
const silentPower = 1e-12;

/** What went to the headphones, kept sample by sample. */
export interface Capture {
  readonly memory: SharedArrayBuffer;
  /** Frames that were written in all, in element 0; the last of them are kept. */
  readonly count: Int32Array;
  readonly channels: readonly [Float32Array, Float32Array];
}

const headerBytes = 64;

/** Makes room for the last `frameCount` frames. */
export const createCapture = (frameCount: number): Capture =>
  openCapture(new SharedArrayBuffer(headerBytes + 8 * frameCount));

/** The capture in a memory that another thread has made. */
export function openCapture(memory: SharedArrayBuffer): Capture {
  const frameCount = (memory.byteLength - headerBytes) / 8;
  const channel = (index: number): Float32Array =>
    new Float32Array(memory, headerBytes + 4 * index * frameCount, frameCount);
  return { memory, count: new Int32Array(memory, 0, 1), channels: [channel(0), channel(1)] };
}

/** Frames that went to the headphones, oldest first. */
export interface Captured {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** How many had gone out in all behind the last of them. */
  readonly endFrame: number;
}

/** Copies what is kept. */
export function readCapture({ count, channels }: Capture): Captured {
  const endFrame = Atomics.load(count, 0);
  const capacity = channels[0].length;
  const length = Math.min(endFrame, capacity);
  const first = endFrame - length;
  const copy = (channel: Float32Array): Float32Array => {
    const kept = new Float32Array(length);
    const at = first % capacity;
    const upper = channel.subarray(at, at + length);
    kept.set(upper);
    kept.set(channel.subarray(0, length - upper.length), upper.length);
    return kept;
  };
  return { left: copy(channels[0]), right: copy(channels[1]), endFrame };
}

/** The last thing before the headphones: measures both channels and, where it is asked to, keeps them. */
export class OutputStage {
  private powerLeft = 0;
  private powerRight = 0;
  private product = 0;
  private readonly share: number;
  private readonly state: SharedState;
  private readonly capture: Capture | undefined;

  constructor(state: SharedState, sampleRateHz: number, capture: Capture | undefined) {
    this.state = state;
    this.capture = capture;
    this.share = 1 / (correlationSec * sampleRateHz);
  }

  /** Takes a stretch of left and right. */
  take(left: Float32Array, right: Float32Array): void {
    const { outputPeaks, correlation } = this.state;
    raisePeak(outputPeaks, 0, left, 0, left.length);
    raisePeak(outputPeaks, 1, right, 0, right.length);
    const share = Math.min(1, this.share * left.length);
    let [ll, rr, lr] = [0, 0, 0];
    for (let i = 0; i < left.length; i++) {
      ll += left[i]! * left[i]!;
      rr += right[i]! * right[i]!;
      lr += left[i]! * right[i]!;
    }
    this.powerLeft += share * (ll / left.length - this.powerLeft);
    this.powerRight += share * (rr / left.length - this.powerRight);
    this.product += share * (lr / left.length - this.product);
    const isSilent = Math.min(this.powerLeft, this.powerRight) < silentPower;
    correlation[0] = isSilent ? NaN : this.product / Math.sqrt(this.powerLeft * this.powerRight);
    if (this.capture) keep(this.capture, left, right);
  }
}

function keep({ count, channels }: Capture, left: Float32Array, right: Float32Array): void {
  const capacity = channels[0].length;
  const written = Atomics.load(count, 0);
  for (let i = 0; i < left.length; i++) {
    channels[0][(written + i) % capacity] = left[i]!;
    channels[1][(written + i) % capacity] = right[i]!;
  }
  Atomics.store(count, 0, written + left.length);
}
