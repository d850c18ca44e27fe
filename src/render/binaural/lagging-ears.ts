import { addSamples } from './add-samples.ts';

/** Both ears on their way through a delay. */
export interface LaggingEars {
  /** Where the current hop is added up. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Clears the hop for the next one. */
  startHop(): void;
  /** Takes the hop, and adds the one that is due to the outputs. */
  addTo(left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Makes a delay of both ears. @param lagFrames 0 or more */
export function createLaggingEars(lagFrames: number, hopFrames: number): LaggingEars {
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  /** The last lagFrames samples, in a ring. */
  const lines = [new Float32Array(lagFrames), new Float32Array(lagFrames)] as const;
  let place = 0;

  function exchange(hop: Float32Array, line: Float32Array, output: Float32Array): void {
    for (let from = 0, at = place; from < hopFrames; at = 0) {
      const to = Math.min(hopFrames, from + lagFrames - at);
      const due = line.subarray(at, at + to - from);
      addSamples(output.subarray(from, to), due);
      due.set(hop.subarray(from, to));
      from = to;
    }
  }

  return {
    left,
    right,
    startHop() {
      left.fill(0);
      right.fill(0);
    },
    addTo(leftOutput, rightOutput) {
      if (lagFrames === 0) {
        addSamples(leftOutput, left);
        addSamples(rightOutput, right);
        return;
      }
      exchange(left, lines[0], leftOutput);
      exchange(right, lines[1], rightOutput);
      place = (place + hopFrames) % lagFrames;
    },
    reset() {
      place = 0;
      for (const line of lines) line.fill(0);
    },
  };
}
