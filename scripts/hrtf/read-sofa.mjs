import { readFileSync } from 'node:fs';
import h5wasm from 'h5wasm';
import { sofaToAdmAzimuthDeg } from '../../dist/base/coordinates.js';

/**
 * Reads the responses of a SOFA file of convention SimpleFreeFieldHRIR.
 * @param {string} path
 */
export async function readSofa(path) {
  const { FS } = await h5wasm.ready;
  FS.writeFile('/measurement.sofa', readFileSync(path));
  const file = new h5wasm.File('/measurement.sofa', 'r');
  try {
    const convention = file.attrs.SOFAConventions?.value;
    if (convention !== 'SimpleFreeFieldHRIR')
      throw new Error(`${path}: convention ${convention}, expected SimpleFreeFieldHRIR`);
    const responses = file.get('Data.IR');
    const [directionCount, earCount, tapCount] = responses.shape;
    if (earCount !== 2) throw new Error(`${path}: ${earCount} receivers, expected 2`);
    if (file.get('Data.Delay').value.some((delay) => delay !== 0))
      throw new Error(`${path}: Data.Delay is not 0`);
    const positions = file.get('SourcePosition');
    if (positions.attrs.Type.value !== 'spherical')
      throw new Error(`${path}: source positions are not spherical`);
    const directionsDeg = new Float64Array(2 * directionCount);
    for (let i = 0; i < directionCount; i++) {
      directionsDeg[2 * i] = sofaToAdmAzimuthDeg(positions.value[3 * i]);
      directionsDeg[2 * i + 1] = positions.value[3 * i + 1];
    }
    return {
      sampleRateHz: file.get('Data.SamplingRate').value[0],
      directionCount,
      tapCount,
      directionsDeg,
      responses: Float64Array.from(responses.value),
    };
  } finally {
    file.close();
  }
}
