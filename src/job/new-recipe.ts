import { writeFileAtomically } from '../io/atomic-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Scene, SceneElement } from '../scene/scene.ts';
import { deliverableName, openJobScene, type SceneJobOptions } from './scene-job.ts';

/** Options of `newRecipe`. */
export interface NewRecipeOptions extends Pick<
  SceneJobOptions,
  'scene' | 'layout' | 'programme' | 'allowOutside' | 'overwrite' | 'dryRun' | 'onWarning'
> {
  /** File to write; `<scene>.recipe.yaml` in the working folder where undefined. */
  readonly out?: string | undefined;
}

/** What `newRecipe` wrote. */
export interface NewRecipeResult {
  readonly version: 1;
  readonly file: string;
  /** The recipe, YAML with comments. */
  readonly text: string;
}

/**
 * Writes a first recipe for a scene: its elements in comments, effects that do nothing until they are wanted, and the
 * usual targets.
 * @throws as `openScene`; OutputError where the file cannot be written
 */
export async function newRecipe(options: NewRecipeOptions): Promise<NewRecipeResult> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const reader = await openJobScene({ ...options, outDir: '' }, kernels);
  const { scene } = reader;
  await reader.close();
  const file = options.out ?? deliverableName(scene.name, 'recipe', 'yaml');
  const text = recipeTextFor(scene);
  if (!options.dryRun) await writeFileAtomically(file, text, { overwrite: options.overwrite });
  return { version: 1, file, text };
}

/** Most elements that are listed one by one. */
const mostListed = 60;

/** The text of a first recipe for a scene. */
export function recipeTextFor({ name, elements }: Scene): string {
  const listed = elements.slice(0, mostListed).map((element) => `#   ${elementText(element)}`);
  const unlisted = elements.length - listed.length;
  const objectName = elements.find(({ kind }) => kind === 'object')?.name;
  const voices =
    objectName === undefined ? '{ kinds: [object] }' : `{ names: [${JSON.stringify(objectName)}] }`;
  return `# Recipe for ${oneLine(name)}: what is done to the scene before it is rendered, and to each deliverable.
# periphon recipe explain says what it does to this scene.
version: 1

# The elements of the scene:
${[...listed, ...(unlisted > 0 ? [`#   and ${unlisted} more`] : [])].join('\n')}

# Effects on beds and objects together, in their order; where everything is stays as it is. Each works on a group:
#   a name: all (all but the LFE), front, surround, height, centre, lfe, beds, objects, ambisonics
#   a query: { names: ["Vox*"], kinds: [object], channels: [L, R], regions: [front],
#              azimuthDeg: [-30, 30], elevationDeg: [0, 20], edgeDeg: 10, not: height }
#   a list of those
# amount (0 to 1) says how much of an effect is wanted, bypass leaves it out, note is for readers.
scene:
  - type: eq
    id: rumble
    note: What is below the music takes headroom and is not heard.
    bypass: true
    bands:
      - { type: highpass, frequencyHz: 25, slopeDbPerOct: 24 }

  - type: eq
    id: presence
    note: One element to the fore.
    group: ${voices}
    amount: 0.5
    bypass: true
    bands:
      - { type: bell, frequencyHz: 3000, gainDb: 2, q: 1 }

  - type: balance
    id: room
    note: Height and surround against the front.
    bypass: true
    surroundDb: 0
    heightDb: 1

# Level of the scene where it is written itself (--to adm, damf, stems): one gain on all tracks, solved so that its 5.1
# render meets the loudness, and limited so that all its renders stay below the ceiling.
sceneLoudness: { on: "5.1", loudnessLufs: -18, ceilingDbtp: -1 }

# Settings of each deliverable; what is left out has its default.
targets:
  7.1.4: { loudnessLufs: -18, ceilingDbtp: -1 }
  binaural: { loudnessLufs: -16, ceilingDbtp: -1 }
  stereo: { loudnessLufs: -14, ceilingDbtp: -1 }
`;
}

function elementText(element: SceneElement): string {
  const name = JSON.stringify(oneLine(element.name));
  switch (element.kind) {
    case 'bed':
      return `bed ${name}: ${element.channels.map(({ label }) => oneLine(label)).join(' ')}`;
    case 'object':
      return `object ${name}`;
    case 'ambisonic':
      return `ambisonic ${name}, order ${element.order}`;
  }
}

/** Names may hold anything; a comment ends with its line. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
