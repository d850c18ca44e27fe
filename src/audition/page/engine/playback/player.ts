import { openRing, readableFrames, type Ring } from '../stream/ring.ts';
import { raisePeak, writePlayPoint, type SharedState } from '../stream/shared-state.ts';
import { JumpFade } from './jump-fade.ts';
import type { PlayerMessage, PlayerNote } from './player-messages.ts';

/** Frames of a call of the audio thread. */
const quantumFrames = 128;
/** Calls in which the sound comes and goes. */
const gateQuanta = 2;
/** Frames in which the sound comes and goes: 5 ms at 48 kHz. */
export const gateFrames = gateQuanta * quantumFrames;
const crossfadeSec = 0.01;
const gainGlideSec = 0.02;
/** How much of a source must be there before it starts. */
const startSec = 0.04;
/** Waiting for less than this is not told. */
const patienceSec = 0.15;

/** A source as the player holds it. Weights are shares of the crossfade. */
interface PlayerSource {
  readonly ring: Ring;
  readonly output: number;
  readonly headLockedChannel: number;
  weight: number;
  gain: number;
  gainTarget: number;
}

/** What the player needs. */
export interface PlayerOptions {
  readonly state: SharedState;
  readonly sampleRateHz: number;
  /** Delay of all decoders: so far ahead sources are read, and so late comes the first output, which has none. */
  readonly leadFrames: number;
  /** Hears when waiting begins and ends, and when the programme has ended. */
  readonly tell: (note: PlayerNote) => void;
}

/**
 * Plays the sources that are armed, all at the same position of the stream, and lets one be heard. Everything that
 * changes, changes on straight lines from call to call: nothing clicks, and two sources of the same samples stay the
 * same samples while one takes over from the other.
 */
export class Player {
  private readonly sources = new Map<number, PlayerSource>();
  private selected = -1;
  private heard = -1;
  private crossfadeLeft = 0;
  private gate = 0;
  private isPlaying = false;
  private position = 0;
  private endPosition = Infinity;
  private timeline = 0;
  private next: Extract<PlayerMessage, { type: 'timeline' }> | undefined;
  private waitedFrames = 0;
  private readonly lines: readonly Float32Array[];
  private linePlace = 0;
  private readonly jumpFade: JumpFade;
  private readonly crossfadeQuanta: number;
  private readonly glideQuanta: number;
  private readonly options: PlayerOptions;

  constructor(options: PlayerOptions) {
    this.options = options;
    this.lines = [0, 1].map(() => new Float32Array(options.leadFrames));
    this.jumpFade = new JumpFade(quantumFrames, options.sampleRateHz);
    this.crossfadeQuanta = Math.round((crossfadeSec * options.sampleRateHz) / quantumFrames);
    this.glideQuanta = Math.round((gainGlideSec * options.sampleRateHz) / quantumFrames);
  }

  handle(message: PlayerMessage): void {
    switch (message.type) {
      case 'arm': {
        const { memory, channelCount, output, headLockedChannel, gain } = message;
        const ring = openRing(memory, channelCount);
        const levels = { weight: 0, gain, gainTarget: gain };
        this.sources.set(message.source, { ring, output, headLockedChannel, ...levels });
        break;
      }
      case 'disarm':
        this.sources.delete(message.source);
        break;
      case 'select':
        this.selected = message.source;
        break;
      case 'gain': {
        const source = this.sources.get(message.source);
        if (source) source.gainTarget = message.gain;
        break;
      }
      case 'play':
        this.isPlaying = message.isPlaying;
        break;
      case 'timeline':
        this.next = message;
        break;
      case 'end':
        this.endPosition = message.endPosition;
        this.jumpFade.jumps = message.jumps;
        break;
    }
  }

  /** Fills the outputs [output][channel][128 frames], which come silent. @param contextFrame first frame of the call */
  process(outputs: readonly (readonly Float32Array[])[], contextFrame: number): void {
    if (this.gate === 0) this.startTimeline(contextFrame);
    this.chooseHeard();
    const target = this.isOpen() ? 1 : 0;
    const gateStart = this.gate;
    const gateEnd =
      target > gateStart ? gateStart + 1 / gateQuanta : Math.max(target, gateStart - 1 / gateQuanta);
    this.gate = gateEnd;
    const runs = gateStart > 0 || gateEnd > 0;
    for (const [index, source] of this.sources) this.play(index, source, outputs, gateStart, gateEnd);
    const jumpGains = runs ? this.jumpFade.gainsAt(this.position + this.options.leadFrames) : undefined;
    if (jumpGains) for (const output of outputs) for (const channel of output) multiply(channel, jumpGains);
    this.delay(outputs[0]!);
    if (this.crossfadeLeft > 0) this.crossfadeLeft--;
    if (runs) {
      this.position += quantumFrames;
      writePlayPoint(this.options.state.marks, this.position, contextFrame + quantumFrames, this.timeline);
    }
    this.tellOfWaiting();
  }

  private startTimeline(contextFrame: number): void {
    if (!this.next) return;
    this.position = this.next.startPosition;
    this.endPosition = this.next.endPosition;
    this.timeline = this.next.timeline;
    this.jumpFade.jumps = this.next.jumps;
    this.next = undefined;
    writePlayPoint(this.options.state.marks, this.position, contextFrame, this.timeline);
  }

  /** Starts the crossfade to the source that was selected as soon as enough of it is there. */
  private chooseHeard(): void {
    if (this.selected === this.heard || this.crossfadeLeft > 0) return;
    if (!this.sources.has(this.selected)) return;
    const isSilent = this.gate === 0;
    if (!isSilent && !this.isReady(this.selected, startSec * this.options.sampleRateHz)) return;
    this.heard = this.selected;
    this.options.tell({ type: 'heard', source: this.heard });
    this.crossfadeLeft = this.crossfadeQuanta;
    if (!isSilent) return;
    this.crossfadeLeft = 0;
    for (const [index, source] of this.sources) source.weight = index === this.heard ? 1 : 0;
  }

  private isOpen(): boolean {
    if (!this.isPlaying || this.next) return false;
    if (this.position >= this.endPosition) {
      this.isPlaying = false;
      this.options.tell({ type: 'ended' });
      return false;
    }
    const wanted = this.gate > 0 ? gateFrames + quantumFrames : startSec * this.options.sampleRateHz;
    return this.isReady(this.heard, wanted);
  }

  private isReady(index: number, frameCount: number): boolean {
    const source = this.sources.get(index);
    return (
      source !== undefined &&
      readableFrames(source.ring, this.position + this.options.leadFrames) >= frameCount
    );
  }

  /** Adds a source to its output, if it has a share. */
  private play(
    index: number,
    source: PlayerSource,
    outputs: readonly (readonly Float32Array[])[],
    gateStart: number,
    gateEnd: number,
  ): void {
    const isHeard = index === this.heard;
    const { weight, gain } = source;
    if (this.crossfadeLeft > 0) source.weight += ((isHeard ? 1 : 0) - weight) / this.crossfadeLeft;
    const glide = (source.gainTarget - gain) / this.glideQuanta;
    source.gain = Math.abs(source.gainTarget - gain) < 1e-6 ? source.gainTarget : gain + glide;
    const start = gateStart * weight * gain;
    const step = (gateEnd * source.weight * source.gain - start) / quantumFrames;
    if (start === 0 && step === 0) return;
    const { ring, headLockedChannel } = source;
    const at = (this.position + this.options.leadFrames) & (ring.capacityFrames - 1);
    const output = outputs[source.output]!;
    ring.channels.forEach((channel, c) => {
      if (isHeard) this.measure(c, channel, at);
      const into = c < headLockedChannel ? output[c] : outputs[0]![c - headLockedChannel];
      if (into) addRamped(channel, at, into, start, step);
    });
  }

  /** Makes the output that goes to the ears as it is as late as the decoders: fades meet at the ears. */
  private delay(output: readonly Float32Array[]): void {
    const { leadFrames } = this.options;
    if (leadFrames === 0) return;
    let place = this.linePlace;
    for (let i = 0; i < quantumFrames; i++) {
      output.forEach((channel, c) => {
        const line = this.lines[c]!;
        const due = line[place]!;
        line[place] = channel[i]!;
        channel[i] = due;
      });
      place = place + 1 < leadFrames ? place + 1 : 0;
    }
    this.linePlace = place;
  }

  private measure(channel: number, samples: Float32Array, at: number): void {
    const { channelPeaks } = this.options.state;
    const end = Math.min(samples.length, at + quantumFrames);
    raisePeak(channelPeaks, channel, samples, at, end);
    raisePeak(channelPeaks, channel, samples, 0, at + quantumFrames - end);
  }

  private tellOfWaiting(): void {
    const waits = this.isPlaying && (this.gate === 0 || this.selected !== this.heard);
    const limitFrames = patienceSec * this.options.sampleRateHz;
    const wasTold = this.waitedFrames > limitFrames;
    this.waitedFrames = waits ? this.waitedFrames + quantumFrames : 0;
    const isTold = this.waitedFrames > limitFrames;
    if (isTold !== wasTold) this.options.tell({ type: 'waiting', isWaiting: isTold });
  }
}

function multiply(samples: Float32Array, gains: Float32Array): void {
  for (let i = 0; i < quantumFrames; i++) samples[i]! *= gains[i]!;
}

/** Adds a quantum from a ring's channel with a gain that starts somewhere and rises by a step a sample. */
function addRamped(
  samples: Float32Array,
  at: number,
  output: Float32Array,
  start: number,
  step: number,
): void {
  const mask = samples.length - 1;
  for (let i = 0; i < quantumFrames; i++) output[i]! += samples[(at + i) & mask]! * (start + step * i);
}
