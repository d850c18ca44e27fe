import { requireFrames, requireInteger, requireMix } from '../kernel-options.ts';
import type { MixKernel } from '../interfaces/mix.ts';

const f = Math.fround;

/** Creates the scalar `MixKernel`; every operation rounds to float32, so that it equals its SIMD twin bit by bit. */
export function createMix(sourceCount: number, outputCount: number, capacityFrames: number): MixKernel {
  requireMix(sourceCount, outputCount, capacityFrames);
  const rows = (count: number, length: number): Float32Array[] =>
    Array.from({ length: count }, () => new Float32Array(length));
  const input = new Float32Array(capacityFrames);
  const outputs = rows(outputCount, capacityFrames);
  /** [source][output] */
  const starts = rows(sourceCount, outputCount);
  const steps = rows(sourceCount, outputCount);

  return {
    sourceCount,
    outputCount,
    capacityFrames,
    clear(frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      for (const output of outputs) output.fill(0, 0, frameCount);
    },
    setRamp(source, gainsStart, gainsEnd, lengthSamples, pastSamples) {
      requireInteger('source', source, 0, sourceCount - 1);
      let isHeard = false;
      for (let output = 0; output < outputCount; output++) {
        const start = gainsStart[output]!;
        const end = gainsEnd[output]!;
        const step = (end - start) / lengthSamples;
        if (start !== 0 || end !== 0) isHeard = true;
        starts[source]![output] = start + step * pastSamples;
        steps[source]![output] = step;
      }
      return isHeard;
    },
    load(samples, from, to, atFrame) {
      requireFrames('samples', [samples], to);
      requireInteger('atFrame', atFrame, 0, capacityFrames - (to - from));
      for (let n = from; n < to; n++) input[atFrame + n - from] = samples[n]!;
    },
    mix(source, elapsedSamples, fromFrame, toFrame) {
      requireInteger('source', source, 0, sourceCount - 1);
      requireInteger('toFrame', toFrame, 0, capacityFrames);
      requireInteger('fromFrame', fromFrame, 0, toFrame);
      for (let output = 0; output < outputCount; output++) {
        const start = starts[source]![output]!;
        const step = steps[source]![output]!;
        if (start === 0 && step === 0) continue;
        const out = outputs[output]!;
        for (let n = fromFrame; n < toFrame; n++) {
          const time = f(elapsedSamples + n - fromFrame);
          out[n] = f(out[n]! + f(input[n]! * f(start + f(step * time))));
        }
      }
    },
    store(targets, at, frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      requireFrames('outputs', targets, at + frameCount);
      for (let output = 0; output < outputCount; output++) {
        const from = outputs[output]!;
        const to = targets[output]!;
        for (let frame = 0; frame < frameCount; frame++) to[at + frame] = from[frame]!;
      }
    },
  };
}
