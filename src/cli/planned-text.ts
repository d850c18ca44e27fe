import type { TargetReport } from '../deliver/report.ts';
import { formatTable } from './format.ts';

const ruleWords: Readonly<Record<TargetReport['loudnessRule'], string>> = {
  target: '',
  'at-most': 'at most ',
  maximum: 'turned down to ',
  peak: 'peaks to the ceiling',
  none: 'as it is',
};

/** What is asked of a level: "at most -18 LUFS". */
export const ruleText = ({
  loudnessRule,
  loudnessTargetLufs,
}: Pick<TargetReport, 'loudnessRule' | 'loudnessTargetLufs'>): string =>
  loudnessTargetLufs === undefined
    ? ruleWords[loudnessRule].trim() || '-'
    : `${ruleWords[loudnessRule]}${loudnessTargetLufs} LUFS`;

/** What a dry run would make: what is asked of each target, on which layout, and its file; nothing was measured. */
export const plannedTable = (targets: readonly TargetReport[]): string =>
  formatTable(
    [
      { title: 'target' },
      { title: 'loudness' },
      { title: 'ceiling' },
      { title: 'measured on' },
      { title: 'would write' },
    ],
    targets.map((planned) => [
      planned.target,
      ruleText(planned),
      `${planned.ceilingDbtp} dBTP`,
      planned.measuredOn === undefined ? 'itself' : `${planned.measuredOn} re-render`,
      planned.file,
    ]),
  );
