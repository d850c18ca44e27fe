import type { CommandModule } from 'yargs';
import { ConfigError } from '../../base/errors.ts';
import { formatJson } from '../../deliver/report.ts';
import type { FileMeasurement } from '../../job/file-measurement.ts';
import { measurementText } from '../measurement-text.ts';
import { codecPreviewOption, outputFlags, sceneOptions } from '../options.ts';
import { playbackTexts, type Playback } from '../playback-text.ts';
import { checkNumber } from '../settings.ts';
import { runCommand, type Terminal } from '../terminal.ts';

/** `periphon measure`: loudness, peaks and more of audio files. */
export const measureCommand: CommandModule = {
  command: 'measure <file..>',
  describe: 'Measure loudness, true peak, dynamics, correlation and spectrum of audio files',
  builder: (argv) =>
    argv
      .positional('file', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Audio files, ADM BWF masters or scenes',
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
      .option('true-peak', {
        choices: ['standard', 'precise'] as const,
        type: 'string',
        default: 'standard',
        describe:
          'How true peaks are found: standard, by the filter of BS.1770-5 as other meters; or precise, within 0.05 dB',
      })
      .option('ceiling', {
        type: 'string',
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
      .option('platforms', {
        type: 'boolean',
        default: false,
        describe: 'Say what the normalisation of each service does to mono and stereo files',
      })
      .option('codec-preview', codecPreviewOption)
      .options({ programme: sceneOptions.programme, 'allow-outside': sceneOptions['allow-outside'] })
      .example('$0 measure master.wav', 'Loudness, range and peaks')
      .example('$0 measure master.wav --details --true-peak precise', 'All figures, peaks to 0.05 dB')
      .example('$0 measure master.wav --json --curve', 'Loudness over time')
      .example('$0 measure master.wav --platforms --codec-preview', 'What listeners of services will hear')
      .example('$0 measure master.adm.wav', 'An ADM master on its renders to 7.1.4, 5.1, 2.0 and headphones')
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
        ceilingDbtp: checkNumber(args.ceiling, 'ceiling'),
        withCurve: args.curve as boolean,
        withBinaural: true,
        programme: args.programme as string | undefined,
        allowOutside: args['allow-outside'] as boolean,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      const files = [];
      for (const file of result.files) files.push({ ...file, ...(await playbackOf(file, args, terminal)) });
      if (terminal.flags.json) terminal.print(formatJson({ ...result, files }).trimEnd());
      else {
        const options = { everyChannel: terminal.flags.verbose, details: args.details === true };
        const texts = files.map((file) => [measurementText(file, options), ...playbackTexts(file)]);
        terminal.print(texts.map((parts) => parts.join('\n')).join('\n\n'));
      }
    }),
};

/** What services and codecs make of a mono or stereo file, as far as it was asked for. */
async function playbackOf(
  file: FileMeasurement,
  args: Readonly<Record<string, unknown>>,
  { signal, note }: Terminal,
): Promise<Playback> {
  if (file.channels.length > 2) {
    if (args.platforms === true || args.codecPreview === true)
      note(`${file.file}: services and codecs are told of for mono and stereo files only`);
    return {};
  }
  const playback: { -readonly [Key in keyof Playback]: Playback[Key] } = {};
  if (args.platforms === true) {
    const { platformGains } = await import('../../deliver/platform-gain.ts');
    playback.platforms = platformGains(file);
  }
  if (args.codecPreview === true) {
    const { previewCodecs } = await import('../../job/codec-preview.ts');
    playback.codecPreviews = await previewCodecs(file.file, { signal });
  }
  return playback;
}
