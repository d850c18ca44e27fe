import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { SourceMixer } from '../interfaces/mix.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Longest ramp time that the kernel counts (about six hours at 48 kHz); what lasts longer stands still. */
const longestElapsedSamples = 2 ** 30;

/** Mixes into rows of samples that may lie anywhere in the memory of the set. */
export class SimdSourceMixer implements SourceMixer {
  readonly sourceCount: number;
  readonly outputCount: number;
  readonly capacityFrames: number;
  protected readonly wasm: WasmInstance;
  private readonly mixer: number;
  private readonly input: number;
  private readonly rows: readonly number[];
  /** Where the ramps of each source go. */
  private readonly ramps: readonly number[];

  /** @param rows addresses of the outputs, capacityFrames each */
  constructor(wasm: WasmInstance, sourceCount: number, capacityFrames: number, rows: readonly number[]) {
    this.sourceCount = sourceCount;
    this.outputCount = rows.length;
    this.capacityFrames = capacityFrames;
    this.wasm = wasm;
    this.rows = rows;
    const { exports } = wasm;
    const mixer = exports.createMix(sourceCount, rows.length, capacityFrames);
    this.mixer = mixer;
    this.input = exports.mixInput(mixer);
    this.ramps = Array.from({ length: sourceCount }, (_, source) => exports.mixRamps(mixer, source));
  }

  setRamp(
    source: number,
    gainsStart: Float64Array,
    gainsEnd: Float64Array,
    lengthSamples: number,
    pastSamples: number,
  ): boolean {
    requireInteger('source', source, 0, this.sourceCount - 1);
    const { rows } = this;
    const { floats, ints } = this.wasm;
    const head = this.ramps[source]! >> 2;
    let movingCount = 0;
    let stillCount = 0;
    for (let output = 0; output < rows.length; output++) {
      const start = gainsStart[output]!;
      const end = gainsEnd[output]!;
      if (start === 0 && end === 0) continue;
      const step = (end - start) / lengthSamples;
      const entry = step === 0 ? rows.length - ++stillCount : movingCount++;
      const at = head + 2 + 3 * entry;
      ints[at] = rows[output]!;
      floats[at + 1] = start + step * pastSamples;
      floats[at + 2] = step;
    }
    ints[head] = movingCount;
    ints[head + 1] = stillCount;
    return movingCount + stillCount > 0;
  }

  load(samples: Float32Array, from: number, to: number, atFrame: number): void {
    requireFrames('samples', [samples], to);
    requireInteger('atFrame', atFrame, 0, this.capacityFrames - (to - from));
    this.wasm.copyIn(samples, from, to, this.input + 4 * atFrame);
  }

  mix(source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    requireInteger('toFrame', toFrame, 0, this.capacityFrames);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    const elapsed = Math.min(elapsedSamples, longestElapsedSamples);
    this.wasm.exports.mixSource(this.mixer, source, elapsed, fromFrame, toFrame);
  }
}
