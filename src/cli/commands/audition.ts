import { spawn } from 'node:child_process';
import type { CommandModule } from 'yargs';
import { ConfigError } from '../../base/errors.ts';
import { formatJson } from '../../deliver/report.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon audition`: hear deliverables and scenes in a browser. */
export const auditionCommand: CommandModule = {
  command: 'audition <input>',
  describe: 'Hear deliverables or a scene on headphones, in a browser',
  builder: (argv) =>
    argv
      .positional('input', {
        type: 'string',
        demandOption: true,
        describe: 'Folder of deliverables, scene file, ADM BWF, .atmos file or audio file',
      })
      .options({
        scene: { type: 'string', describe: 'Scene of the deliverables, heard live beside them' },
        'stereo-master': { type: 'string', describe: 'Stereo master to compare with' },
        'programme-name': {
          type: 'string',
          describe: 'Programme of a folder that holds several; its first by default',
        },
        programme: { type: 'string', describe: 'Programme of an ADM BWF, by ID or name; default: its first' },
        'allow-outside': {
          type: 'boolean',
          default: false,
          describe: "Let a scene file name stems outside the scene file's folder",
        },
        hrtf: {
          type: 'string',
          array: true,
          describe: 'HRTF sets to choose from: SOFA or packed files, or kemar; the first is heard first',
        },
        port: { type: 'number', describe: 'Port to listen on; a free one by default' },
        host: {
          type: 'string',
          describe: 'Address to listen on; 127.0.0.1, which only this machine reaches, by default',
        },
        cert: { type: 'string', describe: 'Certificate (PEM): the page comes over https', implies: 'key' },
        key: { type: 'string', describe: 'Key of the certificate (PEM)', implies: 'cert' },
        open: { type: 'boolean', default: false, describe: 'Open the page in the browser' },
      })
      .example('$0 audition delivery --open', 'Compare all deliverables of a folder')
      .example('$0 audition delivery --scene song.scene.json', 'The same, and the scene itself, live')
      .example('$0 audition mix.wav --hrtf head.sofa', 'An ADM BWF through your own HRTF set')
      .example('$0 audition delivery --stereo-master master.wav', 'Beside the stereo master'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { startAudition } = await import('../../audition/server/start-audition.ts');
      const audition = await startAudition({
        input: args.input as string,
        scene: args.scene as string | undefined,
        stereoMaster: args.stereoMaster as string | undefined,
        programmeName: args.programmeName as string | undefined,
        programme: args.programme as string | undefined,
        allowOutside: args.allowOutside as boolean,
        hrtfs: args.hrtf as string[] | undefined,
        host: args.host as string | undefined,
        port: portOf(args.port as number | undefined),
        certificate:
          args.cert === undefined
            ? undefined
            : { certFile: args.cert as string, keyFile: args.key as string },
        onWarning: terminal.onWarning,
      });
      const { url, session } = audition;
      terminal.print(terminal.flags.json ? formatJson({ version: 1, url, session }).trimEnd() : url);
      terminal.note('Open it in a browser, with headphones on; Ctrl-C ends it.');
      if (args.open === true) openInBrowser(url);
      await aborted(terminal.signal);
      await audition.close();
    }),
};

function portOf(port: number | undefined): number | undefined {
  if (port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65535)) return port;
  throw new ConfigError('bad-port', `--port is ${port}; a port is a whole number from 0 to 65535`);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Hands the address to what opens addresses on this platform; where that fails the listener has it printed. */
function openInBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? (['open', [url]] as const)
      : process.platform === 'win32'
        ? (['cmd', ['/c', 'start', '""', url]] as const)
        : (['xdg-open', [url]] as const);
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}
