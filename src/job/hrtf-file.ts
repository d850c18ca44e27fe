import type { WarningHandler } from '../base/errors.ts';
import { diffuseDeviation, type DiffuseDeviation } from '../hrtf/diffuse-deviation.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import { hrtfSvg } from '../hrtf/hrtf-svg.ts';
import type { MeasuredHrtf } from '../hrtf/measured-hrtf.ts';
import { prepareHrtf } from '../hrtf/prepare-hrtf.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { readWholeFile } from '../io/input-file.ts';
import {
  formatPackedHrtf,
  isPackedHrtf,
  loadDefaultHrtf,
  parsePackedHrtf,
} from '../io/packed/packed-hrtf.ts';
import { parseSofa } from '../io/sofa/read-sofa.ts';

/** What there is to know about an HRTF set. */
export interface HrtfInspection {
  readonly version: 1;
  readonly file: string;
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly sampleRateHz: number;
  /** Directions and taps of the SOFA file, before it was prepared; undefined for packed sets. */
  readonly measured: { readonly directionCount: number; readonly tapCount: number } | undefined;
  /** Directions that are rendered from, those that were filled in below included. */
  readonly directionCount: number;
  readonly lowestElevationDeg: number;
  readonly highestElevationDeg: number;
  readonly tapCount: number;
  /** Largest interaural time difference. */
  readonly largestItdMs: number;
  readonly diffuseField: DiffuseDeviation;
}

/** Options of `inspectHrtf`. */
export interface InspectHrtfOptions {
  /** Writes a picture of the horizontal plane here. */
  readonly svg?: string | undefined;
  readonly overwrite?: boolean | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** Options of `importHrtf`. */
export interface ImportHrtfOptions extends InspectHrtfOptions {
  /** Packed file to write. */
  readonly out: string;
  /** For measurements of a bare head: diffuse field to 0 dB, low end from a model. */
  readonly equalize?: boolean | undefined;
}

/** Rate at which the set that comes with periphon was measured. */
const defaultRateHz = 44100;

/**
 * Says what a set holds. @param file SOFA or packed; the set that comes with periphon where undefined
 * @throws FormatError or HrtfError for bad input, OutputError where the picture cannot be written
 */
export async function inspectHrtf(
  file: string | undefined,
  options: InspectHrtfOptions = {},
): Promise<HrtfInspection> {
  if (file === undefined) return describe('kemar.phrtf', await loadDefaultHrtf(defaultRateHz), options);
  const bytes = await readWholeFile(file);
  if (isPackedHrtf(bytes)) return describe(file, parsePackedHrtf(bytes, file), options);
  const measured = await parseSofa(bytes, file, options.onWarning);
  return describe(file, prepareHrtf(measured), options, measured);
}

/** Makes a packed file of a SOFA file, for renders that start at once. Errors as of `inspectHrtf`. */
export async function importHrtf(file: string, options: ImportHrtfOptions): Promise<HrtfInspection> {
  const { out, equalize, overwrite, onWarning } = options;
  const measured = await parseSofa(await readWholeFile(file), file, onWarning);
  const hrtf = prepareHrtf(measured, { equalize });
  await writeFileAtomically(out, formatPackedHrtf(hrtf), { overwrite });
  return describe(out, hrtf, options, measured);
}

async function describe(
  file: string,
  hrtf: HrtfSet,
  { svg, overwrite }: InspectHrtfOptions,
  measured?: MeasuredHrtf,
): Promise<HrtfInspection> {
  if (svg !== undefined) await writeFileAtomically(svg, hrtfSvg(hrtf), { overwrite });
  const { name, source, licence, sampleRateHz, directionCount, tapCount, directionsDeg, arrivalSamples } =
    hrtf;
  const elevationsDeg = directionsDeg.filter((_, index) => index % 2 === 1);
  const itdSamples = Array.from({ length: directionCount }, (_, i) =>
    Math.abs(arrivalSamples[2 * i]! - arrivalSamples[2 * i + 1]!),
  );
  return {
    version: 1,
    file,
    name,
    source,
    licence,
    sampleRateHz,
    measured: measured && { directionCount: measured.directionCount, tapCount: measured.tapCount },
    directionCount,
    lowestElevationDeg: elevationsDeg.reduce((least, value) => Math.min(least, value), 90),
    highestElevationDeg: elevationsDeg.reduce((most, value) => Math.max(most, value), -90),
    tapCount,
    largestItdMs: (itdSamples.reduce((most, value) => Math.max(most, value), 0) / sampleRateHz) * 1000,
    diffuseField: diffuseDeviation(hrtf),
  };
}
