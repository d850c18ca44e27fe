import type { SceneFileReport, SceneLoudnessReport } from '../deliver/report.ts';
import { albumText } from './album-text.ts';
import { formatNumber, formatTable } from './format.ts';
import { missTexts } from './miss-text.ts';
import { ruleText } from './planned-text.ts';

/** How a written scene came to its level, or before it was written what is asked of it; none where nothing is. */
export function sceneLevelTexts({
  target,
  loudness: level,
}: Pick<SceneFileReport, 'target' | 'loudness'>): string[] {
  if (!level) return [];
  if (level.renders.length === 0) {
    const { on, ceilingDbtp } = level;
    return [`${target}: ${ruleText(level)} on ${on.join(', ')}, renders below ${ceilingDbtp} dBTP`];
  }
  const rows = level.renders.map(({ name, before, after }) => [
    name,
    formatNumber(after.integratedLufs, 2),
    formatNumber(after.truePeakDbtp, 2),
    formatNumber(before.integratedLufs, 2),
    formatNumber(before.truePeakDbtp, 2),
  ]);
  return [
    formatTable(
      [
        { title: `${target} on` },
        { title: 'LUFS', align: 'right' },
        { title: 'dBTP', align: 'right' },
        { title: 'LUFS before', align: 'right' },
        { title: 'dBTP before', align: 'right' },
      ],
      rows,
    ),
    ...gainTexts(target, level),
    ...(level.album && level.loudnessTargetLufs !== undefined ? [albumText(target, level.album)] : []),
    ...(level.status === 'silent' ? [`${target}: no loudness to bring anywhere: silent or under 0.4 s`] : []),
    ...missTexts(target, { ...level, maxReductionDb: level.limiter.maxReductionDb }),
  ];
}

function gainTexts(target: string, { gainDb, limiter: { lfe, ...main } }: SceneLoudnessReport): string[] {
  return [
    `${target}: ${formatNumber(gainDb, 2)} dB of gain on all tracks, ${reductionText(main)}`,
    // Where they only follow the others there is nothing of their own to say.
    ...(lfe && lfe.maxReductionDb > main.maxReductionDb
      ? [`${target}: LFE channels ${reductionText(lfe)}`]
      : []),
  ];
}

const reductionText = ({
  maxReductionDb,
  meanReductionDb,
}: NonNullable<SceneLoudnessReport['limiter']['lfe']>): string =>
  maxReductionDb > 0
    ? `${formatNumber(maxReductionDb)} dB of reduction at most, ${formatNumber(meanReductionDb)} dB on average`
    : 'no limiting';
