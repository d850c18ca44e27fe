/** Names that engineers read faster than positions, on the left; the right side's begin with R. */
const leftNames: Readonly<Record<string, string>> = {
  'M+030': 'L',
  'M+060': 'Lw',
  'M+SC': 'Lsc',
  'M+090': 'Lss',
  'M+110': 'Ls',
  'M+135': 'Lrs',
  'U+030': 'Ltf',
  'U+045': 'Ltf',
  'U+090': 'Lts',
  'U+110': 'Ltr',
  'U+135': 'Ltr',
  'B+045': 'Lbf',
};
const middleNames: Readonly<Record<string, string>> = {
  'M+000': 'C',
  'M+180': 'Cs',
  'U+000': 'Ctf',
  'U+180': 'Ctr',
  'UH+180': 'Ctr',
  'T+000': 'Top',
  'B+000': 'Cbf',
  LFE1: 'LFE',
  LFE2: 'LFE2',
};

/** Short name of a loudspeaker for drawings; its label where there is none. @param label BS.2051 or any other */
export function shortLabel(label: string): string {
  const left = leftNames[label];
  if (left !== undefined) return left;
  const mirrored = leftNames[label.replace('-', '+')];
  return mirrored === undefined ? (middleNames[label] ?? label) : `R${mirrored.slice(1)}`;
}
