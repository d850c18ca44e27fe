import { expect, test } from 'vitest';
import { SimdSourceMixer } from '../../../src/kernels/simd/source-mixer.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
  'adds to %i rows wherever they lie, and to nothing around them',
  async (outputCount) => {
    const wasm = new WasmInstance(await compileWasm());
    // Rows at odd places, a float apart from each other.
    const start = wasm.exports.allocate(4000);
    const rows = Array.from(
      { length: outputCount },
      (_, output) => start + 4 + 44 * (outputCount - 1 - output),
    );
    const mixer = new SimdSourceMixer(wasm, 1, 10, rows);
    const gains = Float64Array.from({ length: outputCount }, (_, output) => output + 1);
    const ends = gains.map((gain) => 2 * gain);
    for (const to of [gains, ends]) {
      wasm.bytes.fill(0, start, start + 4000);
      mixer.setRamp(0, gains, to, 10, 0);
      mixer.load(new Float32Array(10).fill(1), 0, 10, 0);
      mixer.mix(0, 0, 0, 10);
      rows.forEach((row, output) => {
        const written = [...wasm.floats.subarray(row / 4 - 1, row / 4 + 11)];
        const step = (to[output]! - gains[output]!) / 10;
        const expected = Array.from({ length: 10 }, (_, n) => Math.fround(gains[output]! + n * step));
        written.slice(1, 11).forEach((value, n) => expect(value).toBeCloseTo(expected[n]!, 5));
        expect([written[0], written[11]]).toEqual([0, 0]);
      });
    }
  },
);
