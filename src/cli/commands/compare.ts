import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { AudioComparison } from '../../job/compare-audio.ts';
import { channelDifferenceText, comparisonText } from '../comparison-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { deliveryOptions, outputFlags, sceneOptions } from '../options.ts';
import { checkNumber } from '../settings.ts';
import { runCommand } from '../terminal.ts';

/** `periphon compare`: how two files, folders of deliverables or scenes differ. */
export const compareCommand: CommandModule = {
  command: 'compare <first> <second>',
  describe: 'Compare two files, folders of deliverables or scenes: null, and difference at the same loudness',
  builder: (argv) =>
    argv
      .positional('first', {
        type: 'string',
        demandOption: true,
        describe: 'Audio file, folder of deliverables, scene or ADM BWF',
      })
      .positional('second', { type: 'string', demandOption: true, describe: 'Another of the same kind' })
      .option('to', {
        type: 'string',
        array: true,
        describe: 'Target that scenes are rendered to; 7.1.4, 5.1, binaural and stereo by default',
      })
      .option('expect-null', {
        type: 'string',
        describe:
          'Exit with 1 unless all have the same length and place and the same samples, or, where a level in dBFS is given, differ by no more than that',
      })
      .option('layout', {
        type: 'string',
        describe: 'Layout of the channels; by default what the file says',
      })
      .option('channel-order', {
        choices: ['wav', 'itu', 'film'] as const,
        type: 'string',
        describe: 'Order of the channels when --layout is given; by default as the file says',
      })
      .options({
        'allow-outside': sceneOptions['allow-outside'],
        'scratch-dir': deliveryOptions['scratch-dir'],
      })
      .example('$0 compare old.wav new.wav', 'Offset, difference, and difference at the same loudness')
      .example(
        '$0 compare delivery-a delivery-b --verbose',
        'Every deliverable of two runs, channel by channel',
      )
      .example('$0 compare full without-glue', 'Two masters: whether they are equally loud, and what differs')
      .example('$0 compare song.scene.json song.atmos.wav --to 7.1.4', 'Two scenes, on their renders')
      .example('$0 compare a.wav b.wav --expect-null -120', 'Exit code 1 where they differ by more'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { compareFiles } = await import('../../job/compare-files.ts');
      const expected = args['expect-null'] as string | undefined;
      // A flag without a level asks for the same samples.
      const nullDbfs = (expected ? checkNumber(expected, 'expect-null') : undefined) ?? -Infinity;
      const result = await compareFiles(args.first as string, args.second as string, {
        targets: args.to as string[] | undefined,
        layout: args.layout as string | undefined,
        channelOrder: args.channelOrder as 'wav' | 'itu' | 'film' | undefined,
        allowOutside: args['allow-outside'] as boolean,
        scratchDir: args['scratch-dir'] as string | undefined,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else {
        const details = terminal.flags.verbose ? result.comparisons.map(channelDifferenceText) : [];
        terminal.print([comparisonText(result), ...details].join('\n\n'));
      }
      if (expected === undefined) return exitCodes.done;
      const isAlone = result.onlyFirst.length + result.onlySecond.length > 0;
      const isMet = !isAlone && result.comparisons.every((one) => isNull(one, nullDbfs));
      return isMet ? exitCodes.done : exitCodes.checkFailed;
    }),
};

const isNull = (
  { isIdentical, offsetSamples, first, second, difference }: AudioComparison,
  atMostDbfs: number,
): boolean =>
  isIdentical ||
  (offsetSamples === 0 && first.lengthSamples === second.lengthSamples && difference.peakDbfs <= atMostDbfs);
