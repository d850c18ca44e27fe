import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { HrtfInspection } from '../../job/hrtf-file.ts';
import { outputFlags } from '../options.ts';
import { runCommand, type Terminal } from '../terminal.ts';

/** A diffuse field that spans more than this colours everything audibly. */
const largestSpanDb = 6;

const pictureOptions = {
  svg: { type: 'string', describe: 'Write a picture of the horizontal plane to this file' },
  overwrite: { type: 'boolean', default: false, describe: 'Replace existing files' },
} as const;

const infoCommand: CommandModule = {
  command: 'info [file]',
  describe: 'Say what is in an HRTF set; the one that comes with periphon where none is named',
  builder: (argv) =>
    argv
      .positional('file', { type: 'string', describe: 'SOFA file (SimpleFreeFieldHRIR) or packed set' })
      .options(pictureOptions)
      .example('$0 hrtf info head.sofa --svg head.svg', 'Facts, licence and a picture'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { inspectHrtf } = await import('../../job/hrtf-file.ts');
      const inspection = await inspectHrtf(args.file as string | undefined, {
        svg: args.svg as string | undefined,
        overwrite: args.overwrite as boolean,
        onWarning: terminal.onWarning,
      });
      printInspection(inspection, terminal, args.svg as string | undefined);
    }),
};

const importCommand: CommandModule = {
  command: 'import <file>',
  describe: 'Make a packed set of a SOFA file',
  builder: (argv) =>
    argv
      .positional('file', { type: 'string', demandOption: true, describe: 'SOFA file (SimpleFreeFieldHRIR)' })
      .options(pictureOptions)
      .option('out', { type: 'string', describe: 'Packed file to write; FILE.phrtf by default' })
      .option('equalize', {
        type: 'boolean',
        default: false,
        describe: 'Diffuse field to 0 dB, low end from a model: for measurements of a bare head',
      })
      .example('$0 hrtf import head.sofa --equalize', 'head.phrtf, for --hrtf head.phrtf'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { importHrtf } = await import('../../job/hrtf-file.ts');
      const file = args.file as string;
      const inspection = await importHrtf(file, {
        out: (args.out as string | undefined) ?? `${file.replace(/\.sofa$/i, '')}.phrtf`,
        equalize: args.equalize as boolean,
        svg: args.svg as string | undefined,
        overwrite: args.overwrite as boolean,
        onWarning: terminal.onWarning,
      });
      printInspection(inspection, terminal, args.svg as string | undefined);
    }),
};

/** `periphon hrtf`: head-related transfer functions for binaural renders. */
export const hrtfCommand: CommandModule = {
  command: 'hrtf',
  describe: 'Look at HRTF sets for headphones, and import them',
  builder: (argv) =>
    argv
      .command(infoCommand)
      .command(importCommand)
      .example('$0 hrtf info head.sofa --svg head.svg', 'Facts, licence and a picture')
      .example('$0 hrtf import head.sofa --equalize', 'head.phrtf, for --hrtf head.phrtf')
      .demandCommand(1, 'Name what to do with the HRTF set: info or import.'),
  handler: () => undefined,
};

function printInspection(inspection: HrtfInspection, terminal: Terminal, svg: string | undefined): void {
  terminal.print(terminal.flags.json ? formatJson(inspection).trimEnd() : inspectionText(inspection));
  if (svg !== undefined) terminal.note(`picture: ${svg}`);
  if (inspection.diffuseField.spanDb > largestSpanDb)
    terminal.note(
      'this set colours the sound: it is not diffuse-field equalised; periphon hrtf import --equalize mends that',
    );
}

function inspectionText(inspection: HrtfInspection): string {
  const { diffuseField, lowestElevationDeg, highestElevationDeg, measured } = inspection;
  const wasMeasured = measured ? ` (measured: ${measured.directionCount} x ${measured.tapCount} taps)` : '';
  const lines = [
    ['name', inspection.name],
    ['source', inspection.source || '-'],
    ['licence', inspection.licence || '-'],
    [
      'directions',
      `${inspection.directionCount}, elevation ${lowestElevationDeg.toFixed(0)} to ${highestElevationDeg.toFixed(0)}${wasMeasured}`,
    ],
    ['rate', `${inspection.sampleRateHz} Hz`],
    [
      'taps',
      `${inspection.tapCount} (${((1000 * inspection.tapCount) / inspection.sampleRateHz).toFixed(1)} ms)`,
    ],
    ['largest ITD', `${inspection.largestItdMs.toFixed(3)} ms`],
    [
      'diffuse field',
      `${diffuseField.meanDb.toFixed(1)} dB, spans ${diffuseField.spanDb.toFixed(1)} dB from 300 Hz to 12 kHz`,
    ],
  ];
  return [inspection.file, ...lines.map(([name, value]) => `  ${name!.padEnd(14)}${value}`)].join('\n');
}
