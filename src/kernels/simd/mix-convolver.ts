import { requireFrames, requireInteger, requireMixConvolver } from '../kernel-options.ts';
import type { MixConvolverKernel, MixConvolverOptions } from '../interfaces/convolvers.ts';
import { createConvolverRows, type ConvolverRows } from './channel-convolver.ts';
import { SimdSourceMixer } from './source-mixer.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `MixConvolverKernel`: sources are mixed straight into the inputs of the convolver. */
export function createMixConvolver(wasm: WasmInstance, options: MixConvolverOptions): MixConvolverKernel {
  requireMixConvolver(options);
  return new SimdMixConvolver(wasm, options);
}

class SimdMixConvolver extends SimdSourceMixer implements MixConvolverKernel {
  readonly channelCount: number;
  readonly hopFrames: number;
  private readonly convolver: ConvolverRows;
  private readonly delayBytes: number;
  /** Addresses of the delay lines [channel]: the samples that wait, then the hop. */
  private readonly lines: readonly number[];

  constructor(wasm: WasmInstance, options: MixConvolverOptions) {
    const { sourceCount, filters, hopFrames, directDelaySamples } = options;
    const delayBytes = 4 * directDelaySamples;
    // The hop, which is what is written and read most, begins on a whole vector.
    const padBytes = -delayBytes & 15;
    const lines = filters.map(() => wasm.exports.allocate(padBytes + delayBytes + 4 * hopFrames) + padBytes);
    const convolver = createConvolverRows(wasm, options);
    super(wasm, sourceCount, hopFrames, [...lines.map((line) => line + delayBytes), ...convolver.inputs]);
    this.channelCount = filters.length;
    this.hopFrames = hopFrames;
    this.convolver = convolver;
    this.delayBytes = delayBytes;
    this.lines = lines;
  }

  processHop(): void {
    const { bytes } = this.wasm;
    const { lines, convolver, delayBytes } = this;
    const hopBytes = 4 * this.hopFrames;
    for (let channel = 0; channel < lines.length; channel++) {
      const line = lines[channel]!;
      bytes.copyWithin(convolver.outputs[channel]!, line, line + hopBytes);
      bytes.copyWithin(line, line + hopBytes, line + hopBytes + delayBytes);
      bytes.fill(0, line + delayBytes, line + delayBytes + hopBytes);
    }
    convolver.processHop();
    for (let channel = 0; channel < lines.length; channel++) {
      const input = convolver.inputs[channel]!;
      bytes.fill(0, input, input + hopBytes);
    }
  }

  store(outputs: readonly Float32Array[], at: number, fromFrame: number, toFrame: number): void {
    requireInteger('toFrame', toFrame, 0, this.hopFrames);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    requireFrames('outputs', outputs, at + toFrame - fromFrame);
    for (let channel = 0; channel < this.channelCount; channel++) {
      const from = this.convolver.outputs[channel]! + 4 * fromFrame;
      this.wasm.copyOut(from, outputs[channel]!, at, at + toFrame - fromFrame);
    }
  }

  reset(): void {
    this.convolver.reset();
    const { bytes } = this.wasm;
    const hopBytes = 4 * this.hopFrames;
    for (const line of this.lines) bytes.fill(0, line, line + this.delayBytes + hopBytes);
    for (const output of this.convolver.outputs) bytes.fill(0, output, output + hopBytes);
  }
}
