import { FormatError } from '../base/errors.ts';
import type { HeadphoneEq, ParametricFilter } from '../render/headphones/headphone-eq.ts';

/** Filters by their short names in Equalizer APO, which AutoEq writes. */
const kinds: Readonly<Record<string, ParametricFilter['kind']>> = {
  PK: 'peaking',
  PEQ: 'peaking',
  LS: 'low-shelf',
  LSC: 'low-shelf',
  LSQ: 'low-shelf',
  HS: 'high-shelf',
  HSC: 'high-shelf',
  HSQ: 'high-shelf',
};

/** A filter without Q is as steep as it can be without overshoot. */
const defaultQ = Math.SQRT1_2;

const largestGainDb = 60;

/**
 * Parses a parametric equaliser as AutoEq writes it (ParametricEQ.txt, Equalizer APO's format): a line
 * "Preamp: -6.2 dB", and a line "Filter 1: ON PK Fc 105 Hz Gain 6.0 dB Q 0.70" for each filter; kinds PK,
 * LSC and HSC. Filters that are OFF and lines that begin with # are skipped.
 * @param name file name, for messages
 * @throws FormatError 'headphone-eq' with the first line that is not understood
 */
export function parseParametricEq(text: string, name: string): HeadphoneEq {
  let preampDb = 0;
  const filters: ParametricFilter[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const fault = (message: string): FormatError =>
      new FormatError('headphone-eq', `${name}: line ${index + 1}: ${message}`, { file: name });
    const preamp = /^preamp:\s*(\S+)\s*dB$/i.exec(line);
    const filter = /^filter(?:\s*\d+)?:\s*(on|off)\b\s*(\w*)(.*)$/i.exec(line);
    if (preamp) preampDb = numberOf(preamp[1], 'the preamp', -largestGainDb, largestGainDb, fault);
    else if (filter) {
      if (filter[1]!.toLowerCase() === 'on') filters.push(filterOf(filter[2]!, filter[3]!, fault));
    } else
      throw fault(
        `"${line.slice(0, 60)}" is not understood; a line is "Preamp: ... dB" or "Filter 1: ON PK Fc ... Hz Gain ... dB Q ..."`,
      );
  }
  if (filters.length === 0)
    throw new FormatError('headphone-eq', `${name} holds no filter that is ON`, { file: name });
  return { kind: 'parametric', preampDb, filters };
}

type Fault = (message: string) => FormatError;

function filterOf(kindName: string, rest: string, fault: Fault): ParametricFilter {
  const kind = kinds[kindName.toUpperCase()];
  if (!kind) throw fault(`filter of kind "${kindName}"; allowed are PK, LSC and HSC`);
  const q = /\bQ\s+(\S+)/i.exec(rest)?.[1];
  return {
    kind,
    frequencyHz: numberOf(/\bFc\s+(\S+)\s*Hz/i.exec(rest)?.[1], 'Fc', 1, 100_000, fault),
    gainDb: numberOf(/\bGain\s+(\S+)\s*dB/i.exec(rest)?.[1], 'Gain', -largestGainDb, largestGainDb, fault),
    q: q === undefined ? defaultQ : numberOf(q, 'Q', 0.01, 100, fault),
  };
}

function numberOf(text: string | undefined, what: string, low: number, high: number, fault: Fault): number {
  const value = text === undefined ? NaN : Number(text);
  if (value >= low && value <= high) return value;
  throw fault(`${what} is ${text === undefined ? 'missing' : `"${text}"`}; allowed are ${low} to ${high}`);
}
