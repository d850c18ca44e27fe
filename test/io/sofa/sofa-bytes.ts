import h5wasm from 'h5wasm';
import { toyMeasurement } from '../../hrtf/sets.ts';

/** A variable of a SOFA file. */
export interface SofaVariable {
  readonly shape: number[];
  readonly data: number[] | Float64Array;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The parts of a SOFA file, to be changed by a test. */
export interface SofaParts {
  attributes: Record<string, string>;
  variables: Record<string, SofaVariable>;
}

/** A good file: the toy head of the other tests, measured over the sphere. */
export function toySofa(stepDeg = 30, lowestDeg = -90): SofaParts {
  const { directionsDeg, responses, directionCount, tapCount, sampleRateHz } = toyMeasurement(
    stepDeg,
    lowestDeg,
  );
  const positions = Array.from({ length: directionCount }, (_, i) => [
    (directionsDeg[2 * i]! + 360) % 360,
    directionsDeg[2 * i + 1]!,
    1.5,
  ]).flat();
  return {
    attributes: {
      Conventions: 'SOFA',
      SOFAConventions: 'SimpleFreeFieldHRIR',
      DatabaseName: 'toy',
      ListenerShortName: 'head',
      License: 'none whatever',
      Organization: 'the laboratory',
    },
    variables: {
      'Data.IR': { shape: [directionCount, 2, tapCount], data: responses },
      'Data.SamplingRate': { shape: [1], data: [sampleRateHz], attributes: { Units: 'hertz' } },
      'Data.Delay': { shape: [1, 2], data: [0, 0] },
      SourcePosition: {
        shape: [directionCount, 3],
        data: positions,
        attributes: { Type: 'spherical', Units: 'degree, degree, metre' },
      },
      ReceiverPosition: {
        shape: [2, 3, 1],
        data: [0, 0.09, 0, 0, -0.09, 0],
        attributes: { Type: 'cartesian', Units: 'metre' },
      },
      ListenerView: { shape: [1, 3], data: [1, 0, 0], attributes: { Type: 'cartesian', Units: 'metre' } },
    },
  };
}

/** Writes the parts as HDF5, by the library itself. */
export async function sofaBytes({ attributes, variables }: SofaParts): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File('/made.sofa', 'w');
  for (const [name, value] of Object.entries(attributes)) file.create_attribute(name, value);
  for (const [name, { shape, data, attributes: texts = {} }] of Object.entries(variables)) {
    const dataset = file.create_dataset({ name, data: Float64Array.from(data), shape, dtype: '<d' });
    for (const [key, value] of Object.entries(texts)) dataset.create_attribute(key, value);
  }
  file.close();
  const bytes = FS.readFile('/made.sofa') as Uint8Array;
  FS.unlink('/made.sofa');
  return bytes;
}
