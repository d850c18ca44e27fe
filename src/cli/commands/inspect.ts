import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { ElementSummary, Inspection } from '../../job/inspect-file.ts';
import { admText } from '../adm-text.ts';
import { damfText } from '../damf-text.ts';
import { formatDuration, formatTable } from '../format.ts';
import { outputFlags, sceneOptions } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon inspect`: what a scene or audio file holds. */
export const inspectCommand: CommandModule = {
  command: 'inspect <file..>',
  describe: 'Say what is in a scene, an ADM BWF, a master in DAMF or an audio file',
  builder: (argv) =>
    argv
      .positional('file', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Scene files, ADM BWF files, .atmos files or audio files',
      })
      .options({
        layout: sceneOptions.layout,
        programme: sceneOptions.programme,
        'allow-outside': sceneOptions['allow-outside'],
      })
      .option('svg', { type: 'string', describe: 'Write a picture of the object trajectories to this file' })
      .option('overwrite', { type: 'boolean', default: false, describe: 'Replace an existing picture' })
      .example('$0 inspect song.scene.json', 'Elements, durations and paths')
      .example('$0 inspect mix.wav', 'Programme, elements and studio metadata of an ADM BWF')
      .example('$0 inspect mix.atmos', 'The same of a master in DAMF')
      .example('$0 inspect song.scene.json --svg song.svg', 'A picture of the trajectories'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { inspectFile } = await import('../../job/inspect-file.ts');
      const inspections: Inspection[] = [];
      for (const file of args.file as string[]) {
        inspections.push(
          await inspectFile(file, {
            svg: args.svg as string | undefined,
            overwrite: args.overwrite as boolean,
            layout: args.layout as string | undefined,
            programme: args.programme as string | undefined,
            allowOutside: args.allowOutside as boolean,
            onWarning: terminal.onWarning,
          }),
        );
      }
      if (terminal.flags.json) {
        terminal.print(formatJson(inspections.length === 1 ? inspections[0] : inspections).trimEnd());
      } else terminal.print(inspections.map(inspectionText).join('\n\n'));
      if (args.svg !== undefined) terminal.note(`picture: ${args.svg as string}`);
    }),
};

function inspectionText(inspection: Inspection): string {
  const forms = [...new Set(inspection.stems.map((stem) => `${stem.container} ${stem.bitDepth} bit`))].join(
    ', ',
  );
  const head = `${inspection.file}  ${inspection.kind} "${inspection.name}", ${formatDuration(inspection.durationSec)}, ${inspection.sampleRateHz} Hz, ${inspection.channelCount} tracks in ${inspection.stems.length} files (${forms})`;
  const table = formatTable(
    [
      { title: 'element' },
      { title: 'kind' },
      { title: 'gain dB', align: 'right' },
      { title: 'channels or path' },
    ],
    inspection.elements.map((element) => [
      element.name,
      element.mute ? `${element.kind} (muted)` : element.kind,
      element.gainDb.toFixed(1),
      elementText(element),
    ]),
  );
  const { adm, damf } = inspection;
  const more = adm ? `\n${admText(adm)}` : damf ? `\n${damfText(damf)}` : '';
  return `${head}\n${table}${more}`;
}

function elementText({ channels, path, binauralMode, channelModes }: ElementSummary): string {
  const own = Object.entries(channelModes ?? {}).map(([label, mode]) => `${label} ${mode}`);
  const modes = [...(binauralMode === undefined ? [] : [binauralMode]), ...own];
  const mode = modes.length === 0 ? '' : `, binaural ${modes.join(', ')}`;
  if (!path) return channels.length > 16 ? `${channels.length} channels${mode}` : channels.join(' ') + mode;
  const range = ([low, high]: readonly [number, number]): string =>
    high - low < 0.05 ? low.toFixed(0) : `${low.toFixed(0)} to ${high.toFixed(0)}`;
  const movement = path.isMoving ? `moving, ${path.blockCount} blocks` : 'still';
  const extent =
    path.maxWidth > 0 || path.maxHeight > 0 ? `, extent ${path.maxWidth} x ${path.maxHeight}` : '';
  return `${movement}, azimuth ${range(path.azimuthDeg)}, elevation ${range(path.elevationDeg)}${extent}${mode}`;
}
