import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { FileMeasurement } from '../../job/measure-file.ts';
import { formatDuration, formatNumber, formatTable } from '../format.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon measure`: loudness and peaks of audio files. */
export const measureCommand: CommandModule = {
  command: 'measure <file..>',
  describe: 'Measure loudness and true peak of audio files',
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
      .example('$0 measure master.wav', 'Loudness, range and peaks')
      .example('$0 measure *.wav --json', 'For machines; silence is null'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { measureFiles } = await import('../../job/measure-file.ts');
      const result = await measureFiles(args.file as string[], {
        layout: args.layout as string | undefined,
        channelOrder: args.channelOrder as 'wav' | 'itu' | 'film' | undefined,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else terminal.print(result.files.map((file) => fileText(file, terminal.flags.verbose)).join('\n\n'));
    }),
};

function fileText(file: FileMeasurement, everyChannel: boolean): string {
  const lines = [
    `${file.file}  (${file.layout}, ${formatDuration(file.durationSec)})`,
    `  integrated ${formatNumber(file.integratedLufs, 2)} LUFS   max momentary ${formatNumber(file.momentaryMaxLufs)}   max short-term ${formatNumber(file.shortTermMaxLufs)}   range ${formatNumber(file.loudnessRangeLu)} LU`,
    `  true peak ${formatNumber(file.truePeakDbtp, 2)} dBTP   sample peak ${formatNumber(file.samplePeakDbfs, 2)} dBFS`,
  ];
  if (file.channels.length <= 2 && !everyChannel) return lines.join('\n');
  const table = formatTable(
    [{ title: 'channel' }, { title: 'dBTP', align: 'right' }, { title: 'dBFS', align: 'right' }],
    file.channels.map((channel) => [
      channel.label,
      formatNumber(channel.truePeakDbtp, 2),
      formatNumber(channel.samplePeakDbfs, 2),
    ]),
  );
  return [...lines, ...table.split('\n').map((line) => `  ${line}`)].join('\n');
}
