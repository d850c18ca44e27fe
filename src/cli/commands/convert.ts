import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { ConvertOptions } from '../../job/convert-scene.ts';
import { containerOption, outputFlags, sceneOptions } from '../options.ts';
import { runCommand } from '../terminal.ts';

const formats = ['adm-dolby', 'adm-itu', 'damf', 'stems'] as const satisfies readonly NonNullable<
  ConvertOptions['to']
>[];

/** `periphon convert`: a scene in another format, its audio unchanged. */
export const convertCommand: CommandModule = {
  command: 'convert <scene> <out>',
  describe: 'Write a scene in another format, its audio unchanged',
  builder: (argv) =>
    argv
      .positional('scene', {
        type: 'string',
        demandOption: true,
        describe: 'Scene file, ADM BWF, .atmos or audio file',
      })
      .positional('out', {
        type: 'string',
        demandOption: true,
        describe: 'File to write; its folder is made if needed',
      })
      .option('to', {
        type: 'string',
        choices: formats,
        describe:
          'adm-dolby: Dolby Atmos master (ADM BWF); adm-itu: ADM BWF by BS.2076-2; damf: Dolby Atmos master in DAMF, NAME.atmos and two files beside it (experimental); stems: a scene file and a WAV for each element in NAME.stems beside it. Default: as the name of the file says; a .wav keeps the flavour of an ADM BWF and is adm-dolby else',
      })
      .options({
        layout: sceneOptions.layout,
        programme: sceneOptions.programme,
        'allow-outside': sceneOptions['allow-outside'],
      })
      .options({
        container: {
          ...containerOption,
          describe: `${containerOption.describe}. Default: bw64 for ADM, rf64 for stems`,
        },
        overwrite: { type: 'boolean', default: false, describe: 'Replace existing files' },
        'dry-run': {
          type: 'boolean',
          default: false,
          describe: 'Say what would be written and what the format does not hold, write nothing',
        },
      })
      .example('$0 convert song.scene.json song.atmos.wav --to adm-dolby', 'A Dolby Atmos master of stems')
      .example('$0 convert master.wav plain.wav --to adm-itu', 'The same scene for ITU-R tools')
      .example('$0 convert master.wav master.atmos', 'The same master in DAMF')
      .example('$0 convert master.wav song/song.scene.json', 'A scene file and its stems')
      .example('$0 convert song.scene.json song.atmos.wav --dry-run', 'What a master would not hold')
      .example(
        '$0 convert long.wav plain.wav --to adm-itu --container rf64',
        'RF64 above 4 GiB, for sox and others',
      ),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { convertScene } = await import('../../job/convert-scene.ts');
      const result = await convertScene({
        scene: args.scene as string,
        out: args.out as string,
        to: args.to as ConvertOptions['to'] | undefined,
        layout: args.layout as string | undefined,
        programme: args.programme as string | undefined,
        allowOutside: args['allow-outside'] as boolean,
        overwrite: args.overwrite as boolean,
        dryRun: args['dry-run'] as boolean,
        largeFileForm: args.container as ConvertOptions['largeFileForm'],
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      terminal.print(terminal.flags.json ? formatJson(result).trimEnd() : result.files.join('\n'));
    }),
};
