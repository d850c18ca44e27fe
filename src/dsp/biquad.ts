import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';

/**
 * Second-order Butterworth low-pass by the bilinear transform (Bristow-Johnson's cookbook, Q = 1/sqrt 2).
 * Two in series make a fourth-order Linkwitz-Riley filter, -6 dB at its frequency.
 */
export function designLowPass(frequencyHz: number, sampleRateHz: number): BiquadCoefficients {
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const alpha = Math.sin(omega) * Math.SQRT1_2;
  const cosine = Math.cos(omega);
  const a0 = 1 + alpha;
  const b1 = (1 - cosine) / a0;
  return { b0: b1 / 2, b1, b2: b1 / 2, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

/**
 * Second-order shelf: `lowGain` far below the frequency, 1 far above, half their sum at it.
 * Its phase is that of the all-pass (1 - s) / (1 + s) whatever the gain, so that signals with different gains stay
 * in step: the in-phase sum of a Linkwitz-Riley low-pass, times the gain, and the high-pass, (g - s^2) / (1 + s)^2
 * by the bilinear transform (Heller, Lee and Benjamin 2008, phase-matched shelves of ambisonic decoders).
 * @param lowGain linear, above 0
 */
export function designPhaseMatchedShelf(
  frequencyHz: number,
  lowGain: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const k = Math.tan((Math.PI * frequencyHz) / sampleRateHz);
  const a0 = (1 + k) ** 2;
  const outer = (lowGain * k * k - 1) / a0;
  return {
    b0: outer,
    b1: (2 * (lowGain * k * k + 1)) / a0,
    b2: outer,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k) ** 2 / a0,
  };
}

/** Boost or cut around a frequency (Bristow-Johnson's cookbook); the gain is reached there, half of it in dB at its skirts. */
export function designPeaking(
  frequencyHz: number,
  gainDb: number,
  q: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const amplitude = 10 ** (gainDb / 40);
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const alpha = Math.sin(omega) / (2 * q);
  const a0 = 1 + alpha / amplitude;
  const b1 = (-2 * Math.cos(omega)) / a0;
  return {
    b0: (1 + alpha * amplitude) / a0,
    b1,
    b2: (1 - alpha * amplitude) / a0,
    a1: b1,
    a2: (1 - alpha / amplitude) / a0,
  };
}

/** Boost or cut of all below (`low`) or above (`high`) a frequency, half of it in dB there (Bristow-Johnson's cookbook). */
export function designShelf(
  side: 'low' | 'high',
  frequencyHz: number,
  gainDb: number,
  q: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const amplitude = 10 ** (gainDb / 40);
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  // The high shelf is the low one with the cosine's sign turned, and so the signs of b1 and a1.
  const sign = side === 'low' ? 1 : -1;
  const cosine = sign * Math.cos(omega);
  const slope = (Math.sqrt(amplitude) * Math.sin(omega)) / q;
  const [up, down] = [amplitude + 1, amplitude - 1];
  const a0 = up + down * cosine + slope;
  return {
    b0: (amplitude * (up - down * cosine + slope)) / a0,
    b1: (sign * 2 * amplitude * (down - up * cosine)) / a0,
    b2: (amplitude * (up - down * cosine - slope)) / a0,
    a1: (sign * -2 * (down + up * cosine)) / a0,
    a2: (up + down * cosine - slope) / a0,
  };
}

/** Magnitude of sections in series, linear. @param share frequency as a share of the sample rate, 0 to 0.5 */
export function magnitudeAt(sections: readonly BiquadCoefficients[], share: number): number {
  const omega = 2 * Math.PI * share;
  const size = (c0: number, c1: number, c2: number): number =>
    Math.hypot(
      c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega),
      c1 * Math.sin(omega) + c2 * Math.sin(2 * omega),
    );
  return sections.reduce(
    (product, { b0, b1, b2, a1, a2 }) => (product * size(b0, b1, b2)) / size(1, a1, a2),
    1,
  );
}

/** A chain of biquads on one channel, with its state. */
export interface BiquadCascade {
  /** Filters the first `frameCount` samples in place. */
  process(samples: Float32Array, frameCount: number): void;
  /** Sets denormal states to zero; call at fixed places in time, so that block sizes do not matter. */
  flush(): void;
  reset(): void;
}

/** Makes a chain of biquads (transposed direct form II, float64 state). */
export function createBiquadCascade(sections: readonly BiquadCoefficients[]): BiquadCascade {
  const states = new Float64Array(2 * sections.length);
  return {
    process(samples, frameCount) {
      for (let s = 0; s < sections.length; s++) {
        const { b0, b1, b2, a1, a2 } = sections[s]!;
        let state1 = states[2 * s]!;
        let state2 = states[2 * s + 1]!;
        for (let i = 0; i < frameCount; i++) {
          const x = samples[i]!;
          const y = b0 * x + state1;
          state1 = b1 * x - a1 * y + state2;
          state2 = b2 * x - a2 * y;
          samples[i] = y;
        }
        states[2 * s] = state1;
        states[2 * s + 1] = state2;
      }
    },
    flush() {
      for (let i = 0; i < states.length; i++) if (Math.abs(states[i]!) < 1e-20) states[i] = 0;
    },
    reset: () => void states.fill(0),
  };
}
