import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon init`: a first scene file for a folder of stems. */
export const initCommand: CommandModule = {
  command: 'init <folder>',
  describe: 'Write a first scene file for a folder of stems',
  builder: (argv) =>
    argv
      .positional('folder', { type: 'string', demandOption: true, describe: 'Folder with the stems' })
      .option('out', { type: 'string', describe: 'Name of the scene file; by default in the folder' })
      .option('overwrite', { type: 'boolean', default: false, describe: 'Replace an existing scene file' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Print the scene, write nothing' })
      .example('$0 init stems', 'Looks at the files and says what it guessed'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { initScene } = await import('../../job/init-scene.ts');
      const result = await initScene(args.folder as string, {
        out: args.out as string | undefined,
        overwrite: args.overwrite as boolean,
        dryRun: args.dryRun as boolean,
      });
      for (const guess of result.guesses) terminal.note(guess);
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else if (args.dryRun) terminal.print(formatJson(result.document).trimEnd());
      else terminal.print(result.file);
    }),
};
