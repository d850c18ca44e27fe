import type { CommandModule } from 'yargs';
import { ConfigError } from '../../base/errors.ts';
import { formatJson, verdictOf, type TargetReport, type TrackReport } from '../../deliver/report.ts';
import type { MasterResult } from '../../job/master-scene.ts';
import { albumText } from '../album-text.ts';
import { appliedText } from '../applied-text.ts';
import { editOptions } from '../edit-flags.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatNumber, formatTable } from '../format.ts';
import {
  albumOptions,
  codecPreviewOption,
  deliveryOptions,
  outputFlags,
  profileOption,
  renderingOptions,
  sceneOptions,
  scenePositional,
} from '../options.ts';
import { isMissing, missTexts } from '../miss-text.ts';
import { plannedTable } from '../planned-text.ts';
import { playbackTexts } from '../playback-text.ts';
import { reductionTexts, sceneFileTexts } from '../recipe-text.ts';
import { sceneLevelTexts } from '../scene-level-text.ts';
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
      .options(editOptions)
      .options({
        to: {
          ...deliveryOptions.to,
          describe: `${deliveryOptions.to.describe}; or the mastered scene itself: adm, adm-dolby, adm-itu, damf, stems`,
        },
        recipe: { type: 'string', describe: 'Recipe file (YAML or JSON)', group: 'Mastering:' },
        bypass: {
          type: 'string',
          array: true,
          describe:
            "Leave out entries of the recipe's scene list, by id or type; sceneLoudness: the scene's level",
          group: 'Mastering:',
        },
        only: {
          type: 'string',
          array: true,
          describe: "Leave out all other entries of the recipe's scene list",
          group: 'Mastering:',
        },
        profile: { ...profileOption, group: 'Mastering:' },
        'codec-preview': { ...codecPreviewOption, group: 'Mastering:' },
        loudness: {
          type: 'string',
          array: true,
          describe: 'Loudness in LUFS, for all targets (-16) or one (stereo=-14, adm=-18)',
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
        'remove-dc': {
          type: 'boolean',
          describe: 'Remove DC from all targets, by a high-pass of the first order at 2 Hz',
          group: 'Mastering:',
        },
        'max-reduction': {
          type: 'string',
          default: 6,
          describe: 'Most limiting that is allowed, in dB',
          group: 'Mastering:',
        },
        'gain-trace': {
          type: 'boolean',
          describe:
            "Write the limiter's reductions, every 100 ms, beside each deliverable that it worked on (CSV)",
          group: 'Mastering:',
        },
      })
      .options(albumOptions)
      .example('$0 master song.scene.json --out delivery', '7.1.4, binaural, ambisonics and stereo')
      .example('$0 master song.scene.json --profile apple-atmos --profile spotify', 'All targets of both')
      .example('$0 master mix_7.1.4.wav --to 7.1.4 --to stereo --loudness stereo=-16', 'From a finished mix')
      .example('$0 master mix.wav --to stereo --bit-depth 16 --dither shaped', 'Sixteen bits, for CD')
      .example('$0 master song.scene.json --gain-trace', 'How hard each group was limited, and when')
      .example(
        '$0 master song.scene.json --recipe recipe.yaml --bypass glue --out without',
        'Without one effect, each target at its loudness as with it: for an A/B, and periphon compare',
      )
      .example(
        '$0 master song.scene.json --recipe recipe.yaml --to adm --to 7.1.4',
        'The mastered scene, too',
      )
      .example(
        '$0 master song.scene.json --to adm --profile umg-atmos',
        'The scene at the loudness of its 5.1 render, below the ceiling on all',
      )
      .example('$0 master take.wav --to stereo --remove-dc --trim-head 0.25 --fade-out 4', 'Head and tail')
      .example('$0 master a.scene.json b.scene.json --recipe album.yaml --json', 'Two scenes, for machines')
      .example('$0 master a.scene.json b.scene.json --album', 'An album: the scenes share a gain')
      .example('$0 master concert.scene.json --markers tracks.csv', 'Tracks without a gap'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { masterScene } = await import('../../job/master-scene.ts');
      const settings = { ...deliverySettings(args, terminal), ...masterSettings(args) };
      const { scenes, markers } = settings;
      if (markers !== undefined && scenes.length > 1) throw severalScenes(scenes.length);
      if (settings.albumLoudness === 'loudest' && args.album !== true) throw noAlbum();
      const results: MasterResult[] = [];
      if (args.album === true) {
        const { masterAlbum } = await import('../../job/master-album.ts');
        results.push(...(await masterAlbum(settings)));
      } else {
        for (const scene of scenes) {
          results.push(await masterScene({ ...settings, scene, reportPrefix: scenes.length > 1 }));
        }
      }
      const reports = results.map((result) => result.report);
      if (terminal.flags.json) {
        terminal.print(formatJson(reports.length === 1 ? reports[0] : reports).trimEnd());
      } else {
        for (const { report, reportFile } of results) {
          const table = settings.dryRun ? plannedTable(report.targets) : masterTable(report.targets);
          const lines = [
            ...(report.targets.length > 0 ? [table] : []),
            ...sceneFileTexts(report.sceneFiles),
            ...(report.sceneFiles ?? []).flatMap(sceneLevelTexts),
            ...(settings.dryRun ? [] : reductionTexts(report.sceneStage)),
          ];
          terminal.print(lines.join('\n'));
          if (!settings.dryRun) terminal.note(`report: ${reportFile}`);
        }
      }
      const isMissed = reports.some(
        ({ targets, sceneFiles = [] }) =>
          targets.some((target) => isMissing(target) || hasFailed(target)) ||
          sceneFiles.some(({ loudness }) => loudness && isMissing(loudness)),
      );
      return isMissed ? exitCodes.checkFailed : exitCodes.done;
    }),
};

const severalScenes = (count: number): ConfigError =>
  new ConfigError(
    'several-scenes',
    `--markers cut one programme into tracks, and ${count} scenes were given`,
  );

const noAlbum = (): ConfigError =>
  new ConfigError('no-album', '--album-loudness says how an album is measured, and --album is not given');

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
      target.tracks ? trackCountText(target.tracks.length) : target.file,
    ]),
  );
  // Where a target has several files, its name alone would not say which is meant.
  const remarks = targets.flatMap((target) => {
    const isAlone = targets.every((other) => other === target || other.target !== target.target);
    return remarksOn({ ...target, target: isAlone ? target.target : target.file || target.target });
  });
  return [table, ...remarks].join('\n');
}

/** All that the table has no column for, a line each. */
function remarksOn(target: TargetReport): string[] {
  const applied = appliedText(target.applied, target.sampleRateHz);
  return [
    ...(applied === undefined ? [] : [`${target.target}: ${applied}`]),
    ...target.related.map(
      (related) =>
        `${target.target}: ${related.name} ${formatNumber(related.integratedLufs, 2)} LUFS, ${formatNumber(related.truePeakDbtp, 2)} dBTP${related.isBeforeLimiter ? ' before the limiter' : ''}`,
    ),
    ...(target.album && target.loudnessTargetLufs !== undefined
      ? [albumText(target.target, target.album)]
      : []),
    ...(target.tracks?.[0].startSec
      ? [
          `${target.target}: the first ${formatNumber(target.tracks[0].startSec, 2)} s, before the first marker, are in no track`,
        ]
      : []),
    ...(target.tracks ?? []).map((track) => trackText(target.target, track)),
    ...(target.status === 'silent'
      ? [`${target.target}: no loudness to bring anywhere: silent or under 0.4 s`]
      : []),
    ...missTexts(target.target, target),
    ...checkTexts(target),
    ...(target.codecPreviews ? [`${target.target}: after lossy codecs`] : []),
    ...playbackTexts({ codecPreviews: target.codecPreviews }),
  ];
}

const trackCountText = (count: number): string => `${count} ${count === 1 ? 'track' : 'tracks'}`;

const trackText = (target: string, track: TrackReport): string =>
  `${target}: ${track.file}, ${formatNumber(track.durationSec, 2)} s, ${formatNumber(track.integratedLufs, 2)} LUFS, ${formatNumber(track.truePeakDbtp, 2)} dBTP`;

const hasFailed = ({ checks }: TargetReport): boolean => checks.some((check) => verdictOf(check) === 'fail');

/** How many rules passed for each profile, and every one that did not. */
function checkTexts({ target, file, profiles, checks }: TargetReport): string[] {
  return profiles.flatMap((profile) => {
    const own = checks.filter((check) => check.profile === profile);
    const count = (verdict: ReturnType<typeof verdictOf>): number =>
      own.filter((check) => verdictOf(check) === verdict).length;
    const warnings = count('warning') === 0 ? '' : ` ${count('warning')} with a warning,`;
    const summary = `${count('pass')} rules passed, ${count('fail')} failed,${warnings} ${count('not-verifiable')} not verifiable`;
    const fails = own
      .filter(({ result }) => result === 'fail')
      .map((check) => {
        const { rule, message } = check;
        return verdictOf(check) === 'fail'
          ? `  failed: ${rule}: ${message}`
          : `  warning: ${rule} (recommended): ${message}`;
      });
    return own.length > 0 ? [`${file || target}: ${profile}: ${summary}`, ...fails] : [];
  });
}
