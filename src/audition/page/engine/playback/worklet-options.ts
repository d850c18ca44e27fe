/** The memory of the shared state. */
export interface StateOptions {
  readonly memory: SharedArrayBuffer;
  readonly trackCount: number;
}

/** What the page gives to the node that plays. */
export interface PlayerNodeOptions extends StateOptions {
  /** Delay of all decoders. */
  readonly leadFrames: number;
}

/** What it gives to the node behind all others. */
export interface OutputOptions extends StateOptions {
  /** Memory of a `Capture`. */
  readonly capture: SharedArrayBuffer | undefined;
}
