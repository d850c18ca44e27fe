import type { CommandModule } from 'yargs';
import { ConfigError } from '../../base/errors.ts';
import { formatJson } from '../../deliver/report.ts';
import { measurementText } from '../measurement-text.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon measure`: loudness, peaks and more of audio files. */
export const measureCommand: CommandModule = {
  command: 'measure <file..>',
  describe: 'Measure loudness, true peak, dynamics, correlation and spectrum of audio files',
  builder: (argv) =>
    argv
      .positional('file', { type: 'string', array: true, demandOption: true, describe: 'Audio files' })
      .option('layout', {
        type: 'string',
        describe: 'Layout of the channels; by default what the file says',
      })
      .option('channel-order', {
        choices: ['wav', 'itu', 'film'] as const,
        type: 'string',
        describe: 'Order of the channels when --layout is given; by default as the file says',
      })
      .option('true-peak', {
        choices: ['standard', 'precise'] as const,
        type: 'string',
        default: 'standard',
        describe:
          'How true peaks are found: standard, by the filter of BS.1770-5 as other meters; or precise, within 0.05 dB',
      })
      .option('ceiling', {
        type: 'number',
        default: -1,
        describe: 'True peaks above this level in dBTP are listed as overs',
      })
      .option('details', {
        type: 'boolean',
        default: false,
        describe: 'Print all that was measured, with the times of the maxima',
      })
      .option('curve', {
        type: 'boolean',
        default: false,
        describe: 'Add momentary and short-term loudness over time, every 100 ms, to --json',
      })
      .example('$0 measure master.wav', 'Loudness, range and peaks')
      .example('$0 measure master.wav --details --true-peak precise', 'All figures, peaks to 0.05 dB')
      .example('$0 measure master.wav --json --curve', 'Loudness over time')
      .example('$0 measure *.wav --json', 'For machines; silence is null'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      if (args.curve === true && !terminal.flags.json)
        throw new ConfigError('curve-json', '--curve adds numbers to --json; give both');
      const { measureFiles } = await import('../../job/measure-file.ts');
      const result = await measureFiles(args.file as string[], {
        layout: args.layout as string | undefined,
        channelOrder: args.channelOrder as 'wav' | 'itu' | 'film' | undefined,
        truePeakMode: args.truePeak as 'standard' | 'precise',
        ceilingDbtp: args.ceiling as number,
        withCurve: args.curve as boolean,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else {
        const options = { everyChannel: terminal.flags.verbose, details: args.details === true };
        terminal.print(result.files.map((file) => measurementText(file, options)).join('\n\n'));
      }
    }),
};
