/** Names of the left half and the middle as engineers say them; the right half is their mirror image. */
const names: Readonly<Record<string, string>> = {
  'M+000': 'C',
  'M+030': 'L',
  'M+SC': 'Lsc',
  'M+060': 'Lw',
  'M+090': 'Lss',
  'M+110': 'Ls',
  'M+135': 'Lrs',
  'M+180': 'Cs',
  'U+000': 'Tfc',
  'U+030': 'Ltf',
  'U+045': 'Ltf',
  'U+090': 'Lts',
  'U+110': 'Ltr',
  'U+135': 'Ltr',
  'U+180': 'Tbc',
  'UH+180': 'Tbc',
  'T+000': 'Ts',
  'B+000': 'Cb',
  'B+045': 'Lb',
  LFE1: 'LFE',
  LFE2: 'LFE2',
};

const nameOf = (label: string): string => {
  const name = names[label];
  if (name !== undefined) return name;
  const left = names[label.replace('-', '+')];
  return left?.startsWith('L') ? `R${left.slice(1)}` : label;
};

/**
 * Short names for meters of what a source calls its channels: labels of BS.2051 ("M+030") become "L", ambisonic
 * channels their numbers, and tracks of a bed ("bed M+030") lose the name of the bed.
 */
export const shortChannelNames = (labels: readonly string[]): readonly string[] =>
  labels.map((label) => {
    const acn = /^ACN ?(\d+)$/i.exec(label);
    if (acn) return acn[1]!;
    const last = label.split(' ').at(-1)!;
    return nameOf(last) === last ? label : nameOf(last);
  });
