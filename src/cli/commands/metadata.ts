import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { metadataPresets } from '../../job/metadata-presets.ts';
import { metadataEdits, metadataOptions } from '../metadata-flags.ts';
import { editedText, shownText } from '../metadata-text.ts';
import { outputFlags, sceneOptions } from '../options.ts';
import { runCommand } from '../terminal.ts';

const presets = ['umg'] as const satisfies readonly (keyof typeof metadataPresets)[];

const filePositional = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'ADM BWF files, or masters in DAMF (NAME.atmos)',
} as const;

const showCommand: CommandModule = {
  command: 'show <file..>',
  describe: 'Say what the metadata of master files states',
  builder: (argv) =>
    argv
      .positional('file', filePositional)
      .option('programme', sceneOptions.programme)
      .option('hash', {
        type: 'boolean',
        default: false,
        describe: 'Read the audio, too, and print its SHA-256',
      })
      .example('$0 metadata show master.wav', 'Frame rate, trims, downmix, binaural modes ...')
      .example('$0 metadata show album/*.wav --json', 'The same of many, for programs'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { showMetadata } = await import('../../job/metadata-show.ts');
      const result = await showMetadata(args.file as string[], {
        programme: args.programme as string | undefined,
        hash: args.hash as boolean,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      terminal.print(
        terminal.flags.json ? formatJson(result).trimEnd() : result.files.map(shownText).join('\n\n'),
      );
    }),
};

const setCommand: CommandModule = {
  command: 'set <file..>',
  describe: 'Write copies of master files with other metadata, their audio unchanged',
  builder: (argv) =>
    argv
      .positional('file', filePositional)
      .options(metadataOptions)
      .options({
        preset: {
          type: 'string',
          choices: presets,
          describe:
            'umg: 24 frames a second, no first frame of action, direct render, manual trims of 0 dB; other flags go over it',
          group: 'Metadata:',
        },
        programme: sceneOptions.programme,
        'out-dir': { type: 'string', describe: 'Folder for the new files; made if needed', group: 'Files:' },
        out: { type: 'string', describe: 'The new file, of a single one', group: 'Files:' },
        overwrite: { type: 'boolean', default: false, describe: 'Replace existing files', group: 'Files:' },
        'dry-run': {
          type: 'boolean',
          default: false,
          describe: 'Check all and print what would change, write nothing',
          group: 'Files:',
        },
      })
      .example('$0 metadata set album/*.wav --out-dir fixed --preset umg', "A label's rules for an album")
      .example('$0 metadata set a.wav --out b.wav --binaural-mode mid --binaural-mode "Vox*=near"', '')
      .example('$0 metadata set a.atmos --out b.atmos --frame-rate 24', 'All three files of a master in DAMF')
      .example('$0 metadata set a.wav --out b.wav --trim 5.1:surround=-3,height=-1.5 --dry-run', ''),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const [{ setMetadata }, { withPreset }] = await Promise.all([
        import('../../job/metadata-set.ts'),
        import('../../job/metadata-presets.ts'),
      ]);
      const edits = metadataEdits(args);
      const preset = args.preset as (typeof presets)[number] | undefined;
      const result = await setMetadata(args.file as string[], {
        edits: preset === undefined ? edits : withPreset(preset, edits),
        outDir: args['out-dir'] as string | undefined,
        out: args.out as string | undefined,
        dryRun: args['dry-run'] as boolean,
        overwrite: args.overwrite as boolean,
        programme: args.programme as string | undefined,
        onWarning: terminal.onWarning,
        onProgress: terminal.onProgress,
        signal: terminal.signal,
      });
      terminal.print(
        terminal.flags.json ? formatJson(result).trimEnd() : result.files.map(editedText).join('\n'),
      );
      if (result.dryRun) terminal.note('nothing was written');
    }),
};

/** `periphon metadata`: metadata of master files, shown and set. */
export const metadataCommand: CommandModule = {
  command: 'metadata',
  describe: 'Show or set the metadata of master files, many at once',
  builder: (argv) =>
    argv
      .command(showCommand)
      .command(setCommand)
      .demandCommand(1, 'Name what to do: show or set.')
      .example('$0 metadata show master.wav', 'Frame rate, trims, downmix, binaural modes ...')
      .example('$0 metadata set album/*.wav --out-dir fixed --preset umg', "A label's rules for an album"),
  handler: () => undefined,
};
