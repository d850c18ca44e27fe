import type { CommandModule } from 'yargs';
import { formatJson } from '../../deliver/report.ts';
import { outputFlags } from '../options.ts';
import { runCommand } from '../terminal.ts';

/** `periphon profiles`: which delivery profiles there are, and where their figures come from. */
export const profilesCommand: CommandModule = {
  command: 'profiles [id]',
  describe: 'List delivery profiles, or show one with its sources',
  builder: (argv) =>
    argv
      .positional('id', { type: 'string', describe: 'Profile to show; all are listed where none is named' })
      .example('$0 profiles umg-atmos', 'Every rule, who says so, and when')
      .example('$0 profiles', 'All profiles'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { getProfile, profiles } = await import('../../deliver/profiles.ts');
      const { profileList, profileText } = await import('../profile-text.ts');
      const profile = args.id === undefined ? undefined : getProfile(args.id as string);
      if (terminal.flags.json) {
        terminal.print(formatJson({ version: 1, profiles: profile ? [profile] : profiles }).trimEnd());
      } else terminal.print(profile ? profileText(profile) : profileList(profiles));
    }),
};
