import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { ConvertOptions } from '../../job/convert-scene.ts';
import { outputFlags, sceneOptions } from '../options.ts';
import { runCommand } from '../terminal.ts';

const formats = ['adm-dolby', 'adm-itu'] as const satisfies readonly ConvertOptions['to'][];

/** `periphon convert`: a scene in another format, its audio unchanged. */
export const convertCommand: CommandModule = {
  command: 'convert <scene> <out>',
  describe: 'Write a scene in another format, its audio unchanged',
  builder: (argv) =>
    argv
      .positional('scene', {
        type: 'string',
        demandOption: true,
        describe: 'Scene file, ADM BWF or audio file',
      })
      .positional('out', { type: 'string', demandOption: true, describe: 'File to write' })
      .option('to', {
        type: 'string',
        choices: formats,
        demandOption: true,
        describe: 'adm-dolby: Dolby Atmos master (ADM BWF); adm-itu: ADM BWF by BS.2076-2',
      })
      .options({
        layout: sceneOptions.layout,
        programme: sceneOptions.programme,
        'allow-outside': sceneOptions['allow-outside'],
      })
      .option('overwrite', { type: 'boolean', default: false, describe: 'Replace an existing file' })
      .example('$0 convert song.scene.json song.atmos.wav --to adm-dolby', 'A Dolby Atmos master of stems')
      .example('$0 convert master.wav plain.wav --to adm-itu', 'The same scene for ITU-R tools'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { convertScene } = await import('../../job/convert-scene.ts');
      const result = await convertScene({
        scene: args.scene as string,
        out: args.out as string,
        to: args.to as ConvertOptions['to'],
        layout: args.layout as string | undefined,
        programme: args.programme as string | undefined,
        allowOutside: args['allow-outside'] as boolean,
        overwrite: args.overwrite as boolean,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      terminal.print(terminal.flags.json ? formatJson(result).trimEnd() : result.file);
    }),
};
