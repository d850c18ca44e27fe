import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkTable } from '../check-table.ts';
import { outputFlags, profileOption } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon check`: files against the rules of delivery profiles. */
export const checkCommand: CommandModule = {
  command: 'check <file..>',
  describe: 'Check audio files against delivery profiles',
  builder: (argv) =>
    argv
      .positional('file', { type: 'string', array: true, demandOption: true, describe: 'Audio files' })
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
      .example('$0 check song.stereo.wav --profile spotify', 'Every rule, and what was measured')
      .example('$0 check *.7.1.4.wav --profile umg-atmos --json', 'For machines; exit code 1 on a fail'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { checkFiles } = await import('../../job/check-file.ts');
      const result = await checkFiles(args.file as string[], {
        profiles: args.profile as string[],
        layout: args.layout as string | undefined,
        channelOrder: args.channelOrder as 'wav' | 'itu' | 'film' | undefined,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else {
        const texts = result.files.map(
          ({ file, layout, checks }) => `${file}  (${layout})\n${checkTable(checks)}`,
        );
        terminal.print(texts.join('\n\n'));
      }
      const isFailed = result.files.some(({ checks }) => checks.some(({ result: one }) => one === 'fail'));
      return isFailed ? exitCodes.checkFailed : exitCodes.done;
    }),
};
