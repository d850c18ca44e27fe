import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import type { Verification, VerifiedFile } from '../../job/verify-delivery.ts';
import { exitCodes } from '../exit-codes.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon verify`: whether a folder of deliverables is what its manifest says. */
export const verifyCommand: CommandModule = {
  command: 'verify <folder..>',
  describe: 'Prove folders of deliverables by their manifest: every file, and what it was made of',
  builder: (argv) =>
    argv
      .positional('folder', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Folders that hold a manifest.json',
      })
      .example('$0 verify delivery', 'Hash all files; exit code 1 where one is missing or has changed')
      .example('$0 verify delivery --strict', 'Files that the manifest does not know are errors too'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { verifyDelivery } = await import('../../job/verify-delivery.ts');
      const { onWarning, onProgress, signal } = terminal;
      const results: Verification[] = [];
      for (const folder of args.folder as string[])
        results.push(await verifyDelivery(folder, { onWarning, onProgress, signal }));
      if (terminal.flags.json)
        terminal.print(formatJson(results.length === 1 ? results[0] : results).trimEnd());
      else terminal.print(results.map(verificationText).join('\n'));
      return results.every(({ isProved }) => isProved) ? exitCodes.done : exitCodes.checkFailed;
    }),
};

function verificationText({ folder, files, inputs }: Verification): string {
  const lines = (kind: string, list: readonly VerifiedFile[]): string[] => [
    `${folder}: ${list.filter(({ state }) => state === 'same').length} of ${list.length} ${kind} are the same`,
    ...list.filter(({ state }) => state !== 'same').map(({ path, state }) => `  ${state}: ${path}`),
  ];
  return [...lines('files', files), ...lines('inputs', inputs)].join('\n');
}
