import type { CommandModule } from 'yargs';
import { formatJson, verdictOf } from '../../deliver/report.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkTable } from '../check-table.ts';
import { renderText } from '../measurement-text.ts';
import { outputFlags, profileOption, sceneOptions } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon check`: files, ADM masters and scenes against the rules of delivery profiles. */
export const checkCommand: CommandModule = {
  command: 'check <file..>',
  describe: 'Check audio files and ADM masters against delivery profiles',
  builder: (argv) =>
    argv
      .positional('file', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Audio files, ADM BWF masters or scenes',
      })
      .option('profile', { ...profileOption, demandOption: true })
      .option('layout', {
        type: 'string',
        describe: 'Layout of the channels; by default what the file says',
      })
      .option('channel-order', {
        choices: ['wav', 'itu', 'film'] as const,
        type: 'string',
        describe: 'Order of the channels when --layout is given; by default as the file says',
      })
      .option('stereo-master', {
        type: 'string',
        describe:
          'Stereo version, whose length and start are compared; by default that which the scene names',
      })
      .options({ programme: sceneOptions.programme, 'allow-outside': sceneOptions['allow-outside'] })
      .example('$0 check song.stereo.wav --profile spotify', 'Every rule, and what was measured')
      .example(
        '$0 check master.wav --profile dolby-atmos-master',
        'Container and metadata of an ADM master: what is wrong, where, and why',
      )
      .example(
        '$0 check master.wav --profile umg-atmos --stereo-master song.wav',
        'As a label takes it: the master is rendered and measured too',
      )
      .example(
        '$0 check *.7.1.4.wav --profile umg-atmos --json',
        'For machines; exit code 1 where a required rule fails',
      ),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { checkFiles } = await import('../../job/check-file.ts');
      const result = await checkFiles(args.file as string[], {
        profiles: args.profile as string[],
        layout: args.layout as string | undefined,
        channelOrder: args.channelOrder as 'wav' | 'itu' | 'film' | undefined,
        programme: args.programme as string | undefined,
        allowOutside: args['allow-outside'] as boolean,
        stereoMaster: args['stereo-master'] as string | undefined,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else {
        const texts = result.files.map(
          ({ file, layout, render, checks }) =>
            `${file}  (${renderText(layout, render)})\n${checkTable(checks)}`,
        );
        terminal.print(texts.join('\n\n'));
      }
      const isFailed = result.files.some(({ checks }) => checks.some((check) => verdictOf(check) === 'fail'));
      return isFailed ? exitCodes.checkFailed : exitCodes.done;
    }),
};
