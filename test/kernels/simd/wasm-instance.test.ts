import { expect, test } from 'vitest';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';
import { noise } from '../../support.ts';

test('the module is compiled once', () => {
  expect(compileWasm()).toBe(compileWasm());
});

test('copies ranges in and out, also after the memory has grown', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const address = wasm.exports.pcmBytes();
  const samples = noise(1000);
  for (const [from, to] of [
    [0, 1000],
    [3, 10],
    [5, 400],
  ] as const) {
    wasm.copyIn(samples, from, to, address);
    const before = wasm.byteLength;
    wasm.exports.createMix(64, 64, 8192);
    expect(wasm.byteLength).toBeGreaterThan(before);
    const out = new Float32Array(1000);
    wasm.copyOut(address, out, from, to);
    expect(out.subarray(from, to)).toEqual(samples.subarray(from, to));
    expect(out.subarray(to).every((sample) => sample === 0)).toBe(true);
  }
  expect(wasm.floats.byteLength).toBe(wasm.byteLength);
  expect(wasm.doubles.byteLength).toBe(wasm.bytes.byteLength);
});

test('a place is copied out in any length, one after another', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const address = wasm.exports.pcmBytes();
  const samples = noise(1000);
  wasm.copyIn(samples, 0, 1000, address);
  for (const count of [1000, 500, 1000, 17]) {
    const out = new Float32Array(1000);
    wasm.copyOut(address, out, 0, count);
    expect(out.subarray(0, count)).toEqual(samples.subarray(0, count));
    expect(out.subarray(count).every((sample) => sample === 0)).toBe(true);
  }
});
