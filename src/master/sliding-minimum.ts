/** The least of the newest `windowSamples` values, value by value; before the start all are 1. */
export interface SlidingMinimum {
  /** Takes `frameCount` values and writes as many minima; both may be the same array. */
  process(input: Float32Array, frameCount: number, output: Float32Array): void;
  reset(): void;
}

/**
 * Creates a sliding minimum over values of at most 1, by a queue of rising values (Lemire, 2006): three
 * comparisons a value, whatever the window.
 */
export function createSlidingMinimum(windowSamples: number): SlidingMinimum {
  const values = new Float32Array(windowSamples + 1);
  const expiries = new Float64Array(windowSamples + 1);
  let head = 0;
  let count = 0;
  let now = 0;
  const slots = values.length;
  return {
    process(input, frameCount, output) {
      for (let frame = 0; frame < frameCount; frame++, now++) {
        const value = input[frame];
        if (count > 0 && expiries[head] <= now) {
          head = (head + 1) % slots;
          count--;
        }
        while (count > 0 && values[(head + count - 1) % slots] >= value) count--;
        if (value < 1) {
          const tail = (head + count) % slots;
          values[tail] = value;
          expiries[tail] = now + windowSamples;
          count++;
        }
        output[frame] = count > 0 ? values[head] : 1;
      }
    },
    reset() {
      head = count = now = 0;
    },
  };
}
