import type { CommandModule } from 'yargs';
import { ConfigError } from '../../base/errors.ts';
import { formatJson } from '../../deliver/report.ts';
import { outputFlags, sceneInputOptions, sceneInputs } from '../options.ts';
import { explanationText } from '../recipe-text.ts';
import { checkNumber } from '../settings.ts';
import { runCommand } from '../terminal.ts';

const scenePositional = {
  type: 'string',
  demandOption: true,
  describe: 'Scene file, ADM BWF or audio file',
} as const;

const recipePositional = {
  type: 'string',
  demandOption: true,
  describe: 'Recipe file (YAML or JSON)',
} as const;

const newCommand: CommandModule = {
  command: 'new <scene>',
  describe: 'Write a first recipe for a scene, with comments',
  builder: (argv) =>
    argv
      .positional('scene', scenePositional)
      .options(sceneInputOptions)
      .options({
        out: { type: 'string', describe: 'File to write; NAME.recipe.yaml by default' },
        overwrite: { type: 'boolean', default: false, describe: 'Replace an existing file' },
        'dry-run': { type: 'boolean', default: false, describe: 'Print the recipe, write nothing' },
      })
      .example('$0 recipe new song.scene.json --out recipe.yaml', 'A recipe to start from'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { newRecipe } = await import('../../job/new-recipe.ts');
      const result = await newRecipe({
        ...sceneInputs(args),
        scene: args.scene as string,
        out: args.out as string | undefined,
        overwrite: args.overwrite as boolean,
        dryRun: args.dryRun as boolean,
        onWarning: terminal.onWarning,
      });
      if (terminal.flags.json) terminal.print(formatJson(result).trimEnd());
      else terminal.print(args.dryRun ? result.text.trimEnd() : result.file);
    }),
};

/** Lowest rate of a scene that is believed: less was meant in kHz. */
const lowestRateHz = 8000;

const validateCommand: CommandModule = {
  command: 'validate <recipe..>',
  describe: 'Check recipes: every fault with its line and column',
  builder: (argv) =>
    argv
      .positional('recipe', { ...recipePositional, array: true, describe: 'Recipe files (YAML or JSON)' })
      .option('sample-rate', {
        type: 'string',
        describe: 'Rate of the scene in Hz; frequencies above its band are faults then',
      })
      .example('$0 recipe validate recipe.yaml', 'Unknown keys, values out of range, what contradicts itself')
      .example('$0 recipe validate recipe.yaml --sample-rate 44100', 'For scenes of that rate'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { readRecipe } = await import('../../job/read-recipe.ts');
      const sampleRateHz = checkNumber(args['sample-rate'], 'sample-rate', lowestRateHz);
      const recipes = [];
      const faulty: ConfigError[] = [];
      for (const file of args.recipe as string[])
        try {
          const { scene, targets } = await readRecipe(file, sampleRateHz);
          recipes.push({ file, effectCount: scene.length, targets: Object.keys(targets) });
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          faulty.push(error);
        }
      if (terminal.flags.json) terminal.print(formatJson({ version: 1, recipes }).trimEnd());
      else
        for (const { file, effectCount, targets } of recipes)
          terminal.print(
            `${file}: valid, ${effectCount} ${effectCount === 1 ? 'effect' : 'effects'}, settings for ${targets.join(', ') || 'no target'}`,
          );
      if (faulty.length > 0) throw joinFaults(faulty);
    }),
};

/** Faults of several recipes, one recipe after the other. */
const joinFaults = (faulty: readonly ConfigError[]): ConfigError =>
  faulty.length === 1
    ? faulty[0]!
    : new ConfigError('invalid-recipe', faulty.map(({ file, message }) => `${file}: ${message}`).join('\n'));

const explainCommand: CommandModule = {
  command: 'explain <recipe> <scene>',
  describe: 'Say what a recipe does to which tracks of a scene, and how much',
  builder: (argv) =>
    argv
      .positional('recipe', recipePositional)
      .positional('scene', scenePositional)
      .options(sceneInputOptions)
      .example('$0 recipe explain recipe.yaml song.scene.json', 'Each effect, its tracks and their weights'),
  handler: (args) =>
    runCommand(outputFlags(args), async (terminal) => {
      const { explainRecipe } = await import('../../job/explain-recipe.ts');
      const explanation = await explainRecipe({
        ...sceneInputs(args),
        recipe: args.recipe as string,
        scene: args.scene as string,
        onWarning: terminal.onWarning,
      });
      terminal.print(terminal.flags.json ? formatJson(explanation).trimEnd() : explanationText(explanation));
    }),
};

/** `periphon recipe`: recipes begun, checked and explained. */
export const recipeCommand: CommandModule = {
  command: 'recipe',
  describe: 'Begin a recipe, check one, or say what it does to a scene',
  builder: (argv) =>
    argv
      .command(newCommand)
      .command(validateCommand)
      .command(explainCommand)
      .example('$0 recipe new song.scene.json --out recipe.yaml', 'A recipe to start from')
      .example('$0 recipe validate recipe.yaml', 'What is wrong with it, and where')
      .example('$0 recipe explain recipe.yaml song.scene.json', 'What it does to which tracks')
      .example('$0 master song.scene.json --recipe recipe.yaml --out delivery', 'The master by it')
      .demandCommand(1, 'Name what to do: new, validate or explain.'),
  handler: () => undefined,
};
