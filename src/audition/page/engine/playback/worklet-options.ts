/** What the page gives to the node that plays: the memory of the shared state. */
export interface PlayerNodeOptions {
  readonly memory: SharedArrayBuffer;
  readonly trackCount: number;
}

/** What it gives to the node behind all others. */
export interface OutputOptions extends PlayerNodeOptions {
  /** Memory of a `Capture`. */
  readonly capture: SharedArrayBuffer | undefined;
}
