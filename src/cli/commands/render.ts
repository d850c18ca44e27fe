import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { SceneExplanation, TargetExplanation } from '../../job/explain-scene.ts';
import type { RenderResult } from '../../job/render-scene.ts';
import { formatNumber, formatTable } from '../format.ts';
import { deliveryOptions, outputFlags, renderingOptions, sceneOptions, scenePositional } from '../options.ts';
import { deliverySettings } from '../settings.ts';
import { runCommand, type Terminal } from '../terminal.ts';

/** `periphon render`: pure renders at unity gain, without limiting, as 32-bit float. */
export const renderCommand: CommandModule = {
  command: 'render <scene..>',
  describe: 'Render scenes at unity gain, without limiting, as 32-bit float files',
  builder: (argv) =>
    argv
      .positional('scene', scenePositional)
      .options(sceneOptions)
      .options(deliveryOptions)
      .options(renderingOptions)
      .option('explain', {
        type: 'boolean',
        default: false,
        describe:
          'Say where every track goes in every target, by which rule and at which level; write nothing',
        group: 'Output:',
      })
      .example('$0 render song.scene.json --to 7.1.4 --to binaural --out renders', 'Two renders in one read')
      .example('$0 render mix_7.1.4.wav --to stereo', 'Fold a finished mix down')
      .example('$0 render mix_7.1.4.wav --to stereo --downmix lt-rt-pl2', 'Stereo for Pro Logic II decoders')
      .example(
        '$0 render master.wav --to 5.1 --to stereo --warp pl2x',
        '5.1, and stereo from it, folded from 7.1',
      )
      .example('$0 render mix_5.1.wav --to stereo --phase-shift on', 'Surrounds turned by 90 degrees')
      .example('$0 render mix_7.1.4.wav --to 5.1 --explain', 'What goes where, and what it loses'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const settings = deliverySettings(args, terminal);
      if (args.explain) {
        const { explainScene } = await import('../../job/explain-scene.ts');
        const explained: SceneExplanation[] = [];
        for (const scene of settings.scenes) explained.push(await explainScene({ ...settings, scene }));
        printAll(terminal, explained, explanationText);
        return;
      }
      const { renderScene } = await import('../../job/render-scene.ts');
      const results: RenderResult[] = [];
      for (const scene of settings.scenes) results.push(await renderScene({ ...settings, scene }));
      printAll(terminal, results, (result) => resultText(result, settings.dryRun));
    }),
};

/** Prints one result as JSON, several as a list of them, or each as text. */
function printAll<T>(terminal: Terminal, results: readonly T[], textOf: (result: T) => string): void {
  if (terminal.flags.json) terminal.print(formatJson(results.length === 1 ? results[0] : results).trimEnd());
  else for (const result of results) terminal.print(textOf(result));
}

const resultText = ({ files }: RenderResult, isDryRun: boolean): string =>
  formatTable(
    [
      { title: 'target' },
      { title: 'channels', align: 'right' },
      { title: isDryRun ? 'would write' : 'file' },
    ],
    files.map((file) => [file.target, String(file.channels.length), file.file]),
  );

const explanationText = ({ scene, targets }: SceneExplanation): string =>
  targets
    .map(
      (target) =>
        `${scene} to ${target.target}: ${target.description}\n${choiceTable(target)}${trackTable(target)}\n\n${groupTable(target)}`,
    )
    .join('\n\n');

/** What was chosen, if anything could be. */
function choiceTable({ choices }: TargetExplanation): string {
  if (choices.length === 0) return '';
  const table = formatTable(
    [
      { title: 'choice' },
      { title: 'is' },
      { title: 'by' },
      { title: 'source (A a standard, B third parties, C not verified)' },
    ],
    choices.map(({ name, choice, origin, source }) => [name, choice, origin, source]),
  );
  return `${table}\n\n`;
}

function trackTable({ tracks }: TargetExplanation): string {
  return formatTable(
    [
      { title: 'element' },
      { title: 'channel' },
      { title: 'level dB', align: 'right' },
      { title: 'trim dB', align: 'right' },
      { title: 'rule' },
      { title: 'goes to (gain dB)' },
    ],
    tracks.map(({ element, channel, trim, leastLevelDb, mostLevelDb, rule, outputs }) => {
      return [
        element,
        channel ?? '',
        rangeText(leastLevelDb, mostLevelDb),
        trim ? rangeText(trim.leastDb, trim.mostDb) : '',
        trim ? `${rule}, ${trim.rule}` : rule,
        outputs.map(({ label, gainDb }) => `${label} ${formatNumber(gainDb)}`).join(', ') || '-',
      ];
    }),
  );
}

/** What becomes of the power of equally loud, independent tracks. */
const groupTable = ({ groups }: TargetExplanation): string =>
  formatTable(
    [{ title: 'group' }, { title: 'tracks', align: 'right' }, { title: 'level dB', align: 'right' }],
    groups.map(({ group, trackCount, leastLevelDb, mostLevelDb }) => [
      group,
      String(trackCount),
      rangeText(leastLevelDb, mostLevelDb),
    ]),
  );

/** One number, or the two ends of a range. */
function rangeText(least: number, most: number): string {
  const [from, to] = [formatNumber(least), formatNumber(most)];
  return from === to ? to : `${from} .. ${to}`;
}
