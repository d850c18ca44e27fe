/** Writes bytes at a position of a file. */
export type WriteAt = (bytes: Uint8Array, position: number) => Promise<void>;

/** One write under way while the caller goes on: it fills one buffer while the other is written. */
export interface WriteBehind {
  /**
   * Waits for the write before, then starts this one and returns. The bytes must stay as they are until the
   * next call has returned. @throws what the write before failed with
   */
  push(bytes: Uint8Array, position: number): Promise<void>;
  /** Waits until everything is written. @throws what the last write failed with */
  settle(): Promise<void>;
}

/** Puts one write between the caller and the disk, so that neither waits for the other. */
export function createWriteBehind(write: WriteAt): WriteBehind {
  let pending: Promise<void> = Promise.resolve();
  return {
    async push(bytes, position) {
      await pending;
      pending = write(bytes, position);
      // Its failure is told by the next call; until then it is nobody's unhandled rejection.
      pending.catch(() => undefined);
    },
    settle: () => pending,
  };
}
