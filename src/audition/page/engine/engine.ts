import type { Session } from '../../protocol/session.ts';

/** Where the head points: yaw to the left, pitch up, roll to the right, as the renderer's head tracks. */
export interface HeadOrientation {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

/** A region that is repeated, in frames of the programme; the end is not heard. */
export interface LoopRegion {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** How the listener set an element of the scene. */
export interface ElementSwitch {
  readonly isMuted: boolean;
  readonly isSolo: boolean;
}

/** Levels of the last moment, for meters that are drawn in step with the screen. */
export interface EngineLevels {
  /** Largest sample of each channel of the source that is heard since the last call, linear. */
  readonly channelPeaks: Float32Array;
  /** The same of each track of the scene; empty where there is none or it is not heard. */
  readonly trackPeaks: Float32Array;
  /** Left and right as they go to the headphones. */
  readonly outputPeaks: Float32Array;
  /** Correlation of left and right over the last 300 ms or so, -1..1; NaN in silence. */
  readonly outputCorrelation: number;
}

/** What the engine tells of itself; a new object at every change. */
export interface EngineState {
  readonly isPlaying: boolean;
  /** Whether sound is waited for. */
  readonly isBuffering: boolean;
  /** The source that is heard. */
  readonly sourceId: string;
  readonly head: HeadOrientation;
  readonly hrtfId: string;
  readonly loop: LoopRegion | undefined;
  /** What went wrong, for the listener; undefined while all is well. */
  readonly problem: string | undefined;
}

/** Plays the sources of a session in step with each other and lets one of them be heard. */
export interface AudioEngine {
  readonly session: Session;
  readonly state: EngineState;
  /** Calls back after every change of `state`. @returns stops that */
  subscribe(listener: (state: EngineState) => void): () => void;
  /** Starts the sound; the first call must come from a gesture of the listener. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Frame of the programme that is heard now, outputs' latency taken into account. */
  positionFrames(): number;
  seek(frame: number): void;
  setLoop(loop: LoopRegion | undefined): void;
  /** Makes a source the one that is heard, at the same frame, with a crossfade of a few milliseconds. */
  select(sourceId: string): void;
  /** Gain of a source in dB: what matches its loudness. Glides. */
  setSourceGain(sourceId: string, gainDb: number): void;
  /** Gain of everything in dB. */
  setVolume(gainDb: number): void;
  /** Turns the head: heard in ambisonics and the scene. */
  setHead(head: HeadOrientation): void;
  setHrtf(hrtfId: string): void;
  /** Mutes and solos by index of the scene's elements; at once. */
  setElements(switches: readonly ElementSwitch[]): void;
  levels(): EngineLevels;
  /** Spectrum of what goes to the headphones (left and right together), in dB, as an AnalyserNode gives it. */
  spectrum(into: Float32Array<ArrayBuffer>): void;
  /** Frequency of the last bin of `spectrum`, and how many bins there are. */
  readonly spectrumShape: { readonly maxHz: number; readonly binCount: number };
  close(): Promise<void>;
}
