import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import { formatTable } from '../format.ts';
import { deliveryOptions, outputFlags, renderingOptions, sceneOptions, scenePositional } from '../options.ts';
import { deliverySettings } from '../settings.ts';
import { runCommand } from '../terminal.ts';

/** `periphon render`: pure renders at unity gain, without limiting, as 32-bit float. */
export const renderCommand: CommandModule = {
  command: 'render <scene..>',
  describe: 'Render scenes at unity gain, without limiting, as 32-bit float files',
  builder: (argv) =>
    argv
      .positional('scene', scenePositional)
      .options(sceneOptions)
      .options(deliveryOptions)
      .options(renderingOptions)
      .example('$0 render song.scene.json --to 7.1.4 --to binaural --out renders', 'Two renders in one read')
      .example('$0 render mix_7.1.4.wav --to stereo', 'Fold a finished mix down'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { renderScene } = await import('../../job/render-scene.ts');
      const settings = deliverySettings(args, terminal);
      const results = [];
      for (const scene of settings.scenes) results.push(await renderScene({ ...settings, scene }));
      if (terminal.flags.json) {
        terminal.print(formatJson(results.length === 1 ? results[0] : results).trimEnd());
        return;
      }
      for (const result of results) {
        terminal.print(
          formatTable(
            [
              { title: 'target' },
              { title: 'channels', align: 'right' },
              { title: settings.dryRun ? 'would write' : 'file' },
            ],
            result.files.map((file) => [file.target, String(file.channels.length), file.file]),
          ),
        );
      }
    }),
};
