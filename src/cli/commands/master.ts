import type { CommandModule } from 'yargs';
import { formatJson, type TargetReport } from '../../deliver/report.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatNumber, formatTable } from '../format.ts';
import { deliveryOptions, outputFlags, renderingOptions, sceneOptions, scenePositional } from '../options.ts';
import { deliverySettings, masterSettings } from '../settings.ts';
import { runCommand } from '../terminal.ts';

/** `periphon master`: every deliverable at its loudness and under its ceiling, with a report. */
export const masterCommand: CommandModule = {
  command: 'master <scene..>',
  describe: 'Master scenes to every deliverable, with a report',
  builder: (argv) =>
    argv
      .positional('scene', scenePositional)
      .options(sceneOptions)
      .options(deliveryOptions)
      .options(renderingOptions)
      .options({
        recipe: { type: 'string', describe: 'Recipe file (YAML or JSON)', group: 'Mastering:' },
        loudness: {
          type: 'string',
          array: true,
          describe: 'Loudness in LUFS, for all targets (-16) or one (stereo=-14)',
          group: 'Mastering:',
        },
        'loudness-rule': {
          type: 'string',
          array: true,
          describe:
            'For all targets or one (stereo=at-most): meet the loudness (target), meet it from below (at-most), only turn down to it (maximum), bring the true peak to the ceiling by gain alone (peak), or unity gain (none)',
          group: 'Mastering:',
        },
        ceiling: {
          type: 'string',
          array: true,
          describe: 'True-peak ceiling in dBTP, for all targets (-1) or one (binaural=-1.5)',
          group: 'Mastering:',
        },
        'bit-depth': {
          type: 'number',
          choices: [16, 20, 24, 32] as const,
          describe: 'Bits a sample; 32 is float',
          group: 'Mastering:',
        },
        dither: {
          choices: ['none', 'tpdf', 'high-pass', 'shaped'] as const,
          type: 'string',
          describe:
            'Noise before rounding: none, white (tpdf), high-passed, or shaped for 16 bits; tpdf by default',
          group: 'Mastering:',
        },
        'max-reduction': {
          type: 'number',
          default: 6,
          describe: 'Most limiting that is allowed, in dB',
          group: 'Mastering:',
        },
      })
      .example('$0 master song.scene.json --out delivery', '7.1.4, binaural, ambisonics and stereo')
      .example('$0 master mix_7.1.4.wav --to 7.1.4 --to stereo --loudness stereo=-16', 'From a finished mix')
      .example('$0 master mix.wav --to stereo --bit-depth 16 --dither shaped', 'Sixteen bits, for CD')
      .example('$0 master a.scene.json b.scene.json --recipe album.yaml --json', 'Two scenes, for machines'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { masterScene } = await import('../../job/master-scene.ts');
      const settings = { ...deliverySettings(args, terminal), ...masterSettings(args) };
      const results = [];
      for (const scene of settings.scenes) {
        results.push(await masterScene({ ...settings, scene, reportPrefix: settings.scenes.length > 1 }));
      }
      const reports = results.map((result) => result.report);
      if (terminal.flags.json) {
        terminal.print(formatJson(reports.length === 1 ? reports[0] : reports).trimEnd());
      } else {
        for (const { report, reportFile } of results) {
          terminal.print(masterTable(report.targets));
          if (!settings.dryRun) terminal.note(`report: ${reportFile}`);
        }
      }
      const isMissed = reports.some(({ targets }) => targets.some((target) => isMissing(target)));
      return isMissed ? exitCodes.checkFailed : exitCodes.done;
    }),
};

function masterTable(targets: readonly TargetReport[]): string {
  const table = formatTable(
    [
      { title: 'target' },
      { title: 'LUFS', align: 'right' },
      { title: 'max S', align: 'right' },
      { title: 'LRA', align: 'right' },
      { title: 'dBTP', align: 'right' },
      { title: 'gain dB', align: 'right' },
      { title: 'limited dB', align: 'right' },
      { title: 'file' },
    ],
    targets.map((target) => [
      target.target,
      formatNumber(target.integratedLufs, 2),
      formatNumber(target.shortTermMaxLufs),
      formatNumber(target.loudnessRangeLu),
      formatNumber(target.truePeakDbtp, 2),
      formatNumber(target.gainDb, 2),
      formatNumber(target.maxReductionDb),
      target.file,
    ]),
  );
  const remarks = targets.flatMap((target) => [
    ...target.related.map(
      (related) =>
        `${target.target}: ${related.name} ${formatNumber(related.integratedLufs, 2)} LUFS, ${formatNumber(related.truePeakDbtp, 2)} dBTP`,
    ),
    ...(isMissing(target) ? [missText(target)] : []),
  ]);
  return [table, ...remarks].join('\n');
}

const isMissing = ({ status }: TargetReport): boolean =>
  status === 'reduction-limited' || status === 'not-converged';

function missText({ target, status, missedByLu, loudnessTargetLufs, maxReductionDb }: TargetReport): string {
  const below = `${target}: ${formatNumber(missedByLu, 2)} LU below ${formatNumber(loudnessTargetLufs)} LUFS`;
  return status === 'reduction-limited'
    ? `${below}: more would need over ${formatNumber(maxReductionDb)} dB of limiting`
    : `${below} after all passes that are allowed, and as near as they came`;
}
