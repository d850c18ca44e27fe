#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { packageVersion } from '../job/version.ts';
import { auditionCommand } from './commands/audition.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { convertCommand } from './commands/convert.ts';
import { hrtfCommand } from './commands/hrtf.ts';
import { initCommand } from './commands/init.ts';
import { inspectCommand } from './commands/inspect.ts';
import { masterCommand } from './commands/master.ts';
import { measureCommand } from './commands/measure.ts';
import { metadataCommand } from './commands/metadata.ts';
import { profilesCommand } from './commands/profiles.ts';
import { recipeCommand } from './commands/recipe.ts';
import { renderCommand } from './commands/render.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodes } from './exit-codes.ts';
import { joinNegativeLists, outputOptions } from './options.ts';

// Commands import their jobs when they run, so that --help, completion and mistakes answer at once.

/** A reader that goes away (`periphon ... | head`) is no fault: stop quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.couldNotWrite);
});

await yargs(joinNegativeLists(hideBin(process.argv)))
  .scriptName('periphon')
  .usage('$0 <command>\n\nMasters and renders immersive audio.')
  .command(masterCommand)
  .command(renderCommand)
  .command(convertCommand)
  .command(recipeCommand)
  .command(metadataCommand)
  .command(measureCommand)
  .command(checkCommand)
  .command(compareCommand)
  .command(verifyCommand)
  .command(auditionCommand)
  .command(profilesCommand)
  .command(inspectCommand)
  .command(initCommand)
  .command(hrtfCommand)
  .completion('completion', 'Print a completion script for your shell')
  .options(outputOptions)
  .example('$0 master song.scene.json --out delivery', 'Master to 7.1.4, binaural, ambisonics and stereo')
  .demandCommand(
    1,
    'Name a command: init, inspect, render, master, convert, recipe, metadata, measure, check, compare, verify, audition, profiles or hrtf.',
  )
  .recommendCommands()
  .strict()
  .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
  .version(packageVersion)
  .help()
  .alias('h', 'help')
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .fail((message, error) => {
    if (error) throw error;
    process.stderr.write(`periphon: ${message}\nTry: periphon --help\n`);
    process.exit(exitCodes.usage);
  })
  .parseAsync();
