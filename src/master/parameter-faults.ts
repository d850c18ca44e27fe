import { highestBandShare } from './eq-band.ts';

/** What is wrong with parameters that are each in range: they do not fit each other, or the sample rate. */
export interface ParameterFault {
  readonly code: string;
  /** Keys that lead to it from the parameters that are looked at. */
  readonly path: readonly (string | number)[];
  /** What was found and what is allowed. */
  readonly message: string;
}

/** Faults of a part, seen from what it is a part of. @param key of the part */
export const faultsUnder = (key: string | number, faults: readonly ParameterFault[]): ParameterFault[] =>
  faults.map((fault) => ({ ...fault, path: [key, ...fault.path] }));

/**
 * Faults of two frequencies that are to bound a band.
 * @param lower its key and value, undefined where there is no lower bound; so for `upper`
 */
export function boundsFaults(
  code: string,
  lower: readonly [string, number | undefined],
  upper: readonly [string, number | undefined],
): ParameterFault[] {
  const [[lowerKey, lowerHz], [upperKey, upperHz]] = [lower, upper];
  if (lowerHz === undefined || upperHz === undefined || lowerHz < upperHz) return [];
  const message = `found ${lowerHz}, and ${upperKey} is ${upperHz}: nothing lies between; allowed: below ${upperKey}`;
  return [{ code, path: [lowerKey], message }];
}

/**
 * Faults of bands that lie too high.
 * @param sampleRateHz undefined where it is not known yet: nothing is too high then
 */
export function highBandFaults(
  bands: readonly { readonly frequencyHz: number }[],
  sampleRateHz: number | undefined,
): ParameterFault[] {
  if (sampleRateHz === undefined) return [];
  const highestHz = Math.floor(highestBandShare * sampleRateHz);
  return bands.flatMap(({ frequencyHz }, index) => {
    if (frequencyHz <= highestHz) return [];
    const message = `found ${frequencyHz}; allowed at ${sampleRateHz} Hz: ${highestHz} or less`;
    return [{ code: 'eq-frequency', path: [index, 'frequencyHz'], message }];
  });
}
