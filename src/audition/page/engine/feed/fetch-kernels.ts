import { createChannelConvolver } from '../../../../kernels/simd/channel-convolver.ts';
import wasmAddress from '../../../../kernels/simd/kernels.generated.wasm?url';
import { createMix } from '../../../../kernels/simd/mix.ts';
import { WasmInstance } from '../../../../kernels/simd/wasm-instance.ts';
import type { AmbisonicKernels } from '../../../../render/ambisonic/diffuse-encoder.ts';

/**
 * Fetches the kernels that scenes are played with, whose WebAssembly is a file of the page. Every browser that shares
 * memory with audio worklets has the SIMD instructions that they take.
 * @returns makes a set with a memory of its own
 */
export async function fetchKernels(): Promise<() => AmbisonicKernels> {
  const module = await WebAssembly.compileStreaming(fetch(wasmAddress));
  return () => {
    const wasm = new WasmInstance(module);
    return {
      createMix: (sourceCount, outputCount, capacityFrames) =>
        createMix(wasm, sourceCount, outputCount, capacityFrames),
      createChannelConvolver: (options) => createChannelConvolver(wasm, options),
    };
  };
}
