import { basename } from 'node:path';
import { ambisonicToAdm, cartesianToPolar, sofaToAdmAzimuthDeg } from '../../base/coordinates.ts';
import { HrtfError, type WarningHandler } from '../../base/errors.ts';
import type { MeasuredHrtf } from '../../hrtf/measured-hrtf.ts';
import { withHdf5, type Hdf5File, type Hdf5Variable } from './hdf5.ts';
import { keepOneDistance } from './source-positions.ts';

/** The one convention that is read: impulse responses in the free field (AES69-2022). */
const convention = 'SimpleFreeFieldHRIR';

/** Fewer directions than this cannot say how a head hears. */
const fewestDirections = 12;

/**
 * Reads the bytes of a SOFA file of convention SimpleFreeFieldHRIR. Receivers may come in any order, positions
 * spherical or cartesian; delays may be one pair or one of each direction. Of several distances the farthest
 * is kept, of several measurements of a direction the first.
 * @param file name for messages
 * @throws HrtfError with the variable that is missing, of a wrong shape or not finite
 */
export const parseSofa = (
  bytes: Uint8Array,
  file: string,
  onWarning?: WarningHandler,
): Promise<MeasuredHrtf> => withHdf5(bytes, file, (hdf5) => new SofaReader(hdf5, file, onWarning).read());

/** Reads one file, with its name in every message. */
class SofaReader {
  readonly #hdf5: Hdf5File;
  readonly #file: string;
  readonly #onWarning: WarningHandler | undefined;

  constructor(hdf5: Hdf5File, file: string, onWarning: WarningHandler | undefined) {
    this.#hdf5 = hdf5;
    this.#file = file;
    this.#onWarning = onWarning;
  }

  read(): MeasuredHrtf {
    const { attributes } = this.#hdf5;
    this.#checkConvention(attributes.SOFAConventions);
    const ir = this.#need('Data.IR');
    const [count = 0, receiverCount = 0, tapCount = 0] = ir.shape;
    if (ir.shape.length !== 3 || receiverCount !== 2)
      throw this.#fault(
        'sofa-shape',
        `Data.IR has the shape [${ir.shape.join(', ')}], expected [directions, 2, taps]`,
      );
    this.#checkView();
    const positions = this.#positions(count);
    const { kept, isReduced } = keepOneDistance(positions);
    if (kept.length < fewestDirections)
      throw this.#fault(
        'sofa-few-directions',
        `${kept.length} directions are too few; at least ${fewestDirections} around the head are needed`,
      );
    if (isReduced)
      this.#onWarning?.({
        code: 'sofa-directions',
        message: `${this.#file}: ${kept.length} of ${count} measurements are used: one of each direction, at the largest distance`,
        file: this.#file,
      });
    const leftFirst = this.#isLeftFirst();
    const delays = this.#delays(count);
    const directionsDeg = new Float64Array(2 * kept.length);
    const delaySamples = new Float64Array(2 * kept.length);
    const responses = new Float64Array(2 * kept.length * tapCount);
    kept.forEach((m, i) => {
      directionsDeg.set([positions[3 * m]!, positions[3 * m + 1]!], 2 * i);
      for (let ear = 0; ear < 2; ear++) {
        const receiver = leftFirst ? ear : 1 - ear;
        delaySamples[2 * i + ear] = delays[2 * m + receiver]!;
        const from = (2 * m + receiver) * tapCount;
        const to = (2 * i + ear) * tapCount;
        for (let n = 0; n < tapCount; n++) responses[to + n] = ir.values[from + n]!;
      }
    });
    return {
      name: nameOf(attributes, this.#file),
      source: sourceOf(attributes),
      licence: attributes.License ?? '',
      sampleRateHz: this.#sampleRateHz(),
      directionCount: kept.length,
      tapCount,
      directionsDeg,
      delaySamples,
      responses,
    };
  }

  #fault(code: string, message: string, hint?: string): HrtfError {
    return new HrtfError(code, `${this.#file}: ${message}`, { file: this.#file, hint });
  }

  #checkConvention(found: string | undefined): void {
    if (found === convention) return;
    throw this.#fault(
      'sofa-convention',
      found === undefined
        ? `no attribute SOFAConventions; expected "${convention}"`
        : `the convention is "${found}"; only ${convention} is read`,
    );
  }

  /** A variable that must be there and hold finite numbers. */
  #need(name: string): Hdf5Variable {
    const variable = this.#hdf5.variable(name);
    if (!variable) throw this.#fault('sofa-variable', `the variable ${name} is missing`);
    const { values, shape } = variable;
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      let rest = i;
      const place = shape.toReversed().map((size) => [rest % size, (rest = Math.floor(rest / size))][0]);
      throw this.#fault(
        'sofa-number',
        `${name} holds ${values[i]} at [${place.reverse().join(', ')}]; all values must be finite`,
      );
    }
    return variable;
  }

  #sampleRateHz(): number {
    const { values, attributes } = this.#need('Data.SamplingRate');
    const [rateHz] = Array.from(values);
    if (attributes.Units !== undefined && !/^h(ert)?z$/i.test(attributes.Units))
      throw this.#fault('sofa-rate', `Data.SamplingRate is in "${attributes.Units}", expected hertz`);
    if (Array.from(values).some((value) => value !== rateHz))
      throw this.#fault('sofa-rate', 'Data.SamplingRate differs between measurements');
    if (!Number.isInteger(rateHz) || rateHz! < 8000 || rateHz! > 384_000)
      throw this.#fault('sofa-rate', `Data.SamplingRate is ${rateHz}; allowed are 8000 to 384000 Hz`);
    return rateHz!;
  }

  /** @returns [measurement][azimuthDeg, elevationDeg, distance], ADM */
  #positions(count: number): Float64Array {
    const { shape, values, attributes } = this.#need('SourcePosition');
    if (shape.length < 2 || shape[0] !== count || shape[1] !== 3)
      throw this.#fault(
        'sofa-shape',
        `SourcePosition has the shape [${shape.join(', ')}], expected [${count}, 3] for the ${count} directions of Data.IR`,
      );
    const type = attributes.Type ?? 'spherical';
    if (type !== 'spherical' && type !== 'cartesian')
      throw this.#fault(
        'sofa-positions',
        `SourcePosition is of type "${type}"; allowed are spherical and cartesian`,
      );
    if (type === 'spherical' && /rad/i.test(attributes.Units ?? ''))
      throw this.#fault(
        'sofa-positions',
        `SourcePosition is in "${attributes.Units}", expected degree, degree, metre`,
      );
    const positions = new Float64Array(3 * count);
    for (let m = 0; m < count; m++) {
      const [a, b, c] = [values[3 * m]!, values[3 * m + 1]!, values[3 * m + 2]!];
      if (type === 'spherical') positions.set([sofaToAdmAzimuthDeg(a), b, c], 3 * m);
      else {
        const { azimuthDeg, elevationDeg, distance } = cartesianToPolar(ambisonicToAdm([a, b, c]));
        positions.set([azimuthDeg, elevationDeg, distance], 3 * m);
      }
      if (Math.abs(positions[3 * m + 1]!) > 90)
        throw this.#fault(
          'sofa-positions',
          `SourcePosition [${m}] has the elevation ${b}; allowed are -90 to 90`,
        );
    }
    return positions;
  }

  /** @returns [measurement][receiver], in samples */
  #delays(count: number): Float64Array {
    const { shape, values } = this.#need('Data.Delay');
    const isOnePair = shape[0] === 1;
    if (shape.length !== 2 || shape[1] !== 2 || (!isOnePair && shape[0] !== count))
      throw this.#fault(
        'sofa-shape',
        `Data.Delay has the shape [${shape.join(', ')}], expected [1, 2] or [${count}, 2]`,
      );
    return Float64Array.from({ length: 2 * count }, (_, i) => values[isOnePair ? i & 1 : i]!);
  }

  /** Whether receiver 0 is the left ear, as it is unless its position says otherwise. */
  #isLeftFirst(): boolean {
    const receivers = this.#hdf5.variable('ReceiverPosition');
    if (!receivers || receivers.values.length < 6) return true;
    const { values, attributes } = receivers;
    // Receivers are [2, 3, 1]: x or azimuth, y or elevation, z or distance of each.
    const leftward = (receiver: number): number =>
      attributes.Type === 'spherical'
        ? Math.sin((values[3 * receiver]! * Math.PI) / 180)
        : values[3 * receiver + 1]!;
    return !(leftward(0) < leftward(1));
  }

  /** Directions are those of the head only where it looks ahead. */
  #checkView(): void {
    const view = this.#hdf5.variable('ListenerView');
    if (!view || view.values.length < 3 || view.attributes.Type === 'spherical') return;
    const [x, y, z] = [view.values[0]!, view.values[1]!, view.values[2]!];
    if (x <= 0 || Math.hypot(y, z) > 1e-3 * x)
      throw this.#fault(
        'sofa-view',
        `ListenerView is [${x}, ${y}, ${z}]; only a view along [1, 0, 0] is read`,
      );
  }
}

/** What to call the set: its title or database and listener, else the file. */
function nameOf({ Title, DatabaseName, ListenerShortName }: Hdf5File['attributes'], file: string): string {
  const words = [Title?.trim() || DatabaseName?.trim(), ListenerShortName?.trim()].filter(Boolean);
  return words.length > 0 ? words.join(', ') : basename(file);
}

/** Where the set comes from, as far as it says. */
function sourceOf(attributes: Hdf5File['attributes']): string {
  const { Organization, AuthorContact, References, Origin } = attributes;
  return [Organization, AuthorContact, References, Origin]
    .map((text) => text?.trim() ?? '')
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('; ');
}
