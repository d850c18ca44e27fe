import { requireFrames, requireInteger, requireMix } from '../kernel-options.ts';
import type { MixKernel } from '../interfaces/mix.ts';
import { SimdSourceMixer } from './source-mixer.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `MixKernel`. */
export function createMix(
  wasm: WasmInstance,
  sourceCount: number,
  outputCount: number,
  capacityFrames: number,
): MixKernel {
  requireMix(sourceCount, outputCount, capacityFrames);
  return new SimdMix(wasm, sourceCount, outputCount, capacityFrames);
}

class SimdMix extends SimdSourceMixer implements MixKernel {
  private readonly outputs: readonly number[];

  constructor(wasm: WasmInstance, sourceCount: number, outputCount: number, capacityFrames: number) {
    const outputs = Array.from({ length: outputCount }, () => wasm.exports.allocate(4 * capacityFrames));
    super(wasm, sourceCount, capacityFrames, outputs);
    this.outputs = outputs;
  }

  clear(frameCount: number): void {
    requireInteger('frameCount', frameCount, 0, this.capacityFrames);
    const { floats } = this.wasm;
    for (const output of this.outputs) floats.fill(0, output / 4, output / 4 + frameCount);
  }

  store(outputs: readonly Float32Array[], at: number, frameCount: number): void {
    requireInteger('frameCount', frameCount, 0, this.capacityFrames);
    requireFrames('outputs', outputs, at + frameCount);
    for (let output = 0; output < this.outputCount; output++) {
      this.wasm.copyOut(this.outputs[output]!, outputs[output]!, at, at + frameCount);
    }
  }
}
