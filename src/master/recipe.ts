import { ConfigError, type Issue } from '../base/errors.ts';
import { issueAt, type LocatedIssue, schemaIssues } from '../scene/document-issues.ts';
import { type RecipeDocument, recipeSchema, targetSchema, type RecipeTarget } from './recipe-schema.ts';
import { sceneLoudnessFaults } from './scene-loudness.ts';
import { sceneLoudnessSchema, type SceneLoudnessDocument } from './scene-loudness-schema.ts';
import { entryFaults, parseEntries, type SceneEntry } from './scene-stage/entry-schema.ts';
import { targetFaults } from './target-faults.ts';
import {
  canonicalTargetId,
  isSceneTarget,
  sceneTargetNames,
  targetHint,
  unknownTargetMessage,
  type SceneTargetName,
} from './targets.ts';

/** A recipe that has been checked. */
export interface Recipe {
  readonly version: 1;
  /** Effects before rendering, in their order. */
  readonly scene: readonly SceneEntry[];
  /** Level of the scene where it is written; undefined where it is written as its effects leave it. */
  readonly sceneLoudness?: SceneLoudnessDocument | undefined;
  /** Settings by `Target.id`: "4+7+0" is found under "7.1.4"; empty for targets that are the mastered scene. */
  readonly targets: Readonly<Record<string, RecipeTarget>>;
}

/** Where in its text a part of a document stands, both from 1; undefined where that is not known. */
export type DocumentLocator = (
  path: readonly (string | number)[],
) => { line: number; column: number } | undefined;

/**
 * Checks a recipe, read from YAML or JSON by the caller.
 * @param locate finds lines and columns for the messages
 * @param sampleRateHz of the scene, where it is known: what lies above its band is a fault then
 * @throws ConfigError "invalid-recipe"; its issues hold every fault with its path
 */
export function parseRecipe(document: unknown, locate?: DocumentLocator, sampleRateHz?: number): Recipe {
  const faults = [
    ...schemaIssues(recipeSchema, document),
    ...entryFaults(isRecord(document) ? document.scene : undefined, sampleRateHz),
    ...sceneLoudnessFaults(isRecord(document) ? document.sceneLoudness : undefined),
    ...faultsOfTargets(document, sampleRateHz),
  ];
  if (faults.length > 0) {
    const issues = faults.map((fault) => withPlace(fault, locate));
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    const list = issues.map(({ path, message }) => `  ${path || 'recipe'}: ${message}`).join('\n');
    const isScene = isRecord(document) && ('beds' in document || 'objects' in document);
    throw new ConfigError('invalid-recipe', `the recipe has ${count}:\n${list}`, {
      issues,
      hint: isScene
        ? 'beds and objects are those of a scene file, and a recipe was expected here'
        : undefined,
    });
  }
  const { scene = [], sceneLoudness, targets = {} } = document as RecipeDocument;
  return {
    version: 1,
    scene: parseEntries(scene),
    sceneLoudness: sceneLoudnessSchema.parse(sceneLoudness),
    targets: Object.fromEntries(
      Object.entries(targets).map(([name, settings]) => [canonicalTargetId(name) ?? name, settings]),
    ),
  };
}

/** Names under `targets` that are not known, or that say the same target twice; settings that do not fit together. */
function faultsOfTargets(document: unknown, sampleRateHz: number | undefined): LocatedIssue[] {
  const targets = isRecord(document) && isRecord(document.targets) ? document.targets : {};
  const faults: LocatedIssue[] = [];
  const nameOfId = new Map<string, string>();
  for (const [name, settings] of Object.entries(targets)) {
    if (isSceneTarget(name)) {
      faults.push(...sceneTargetFaults(name, settings));
      continue;
    }
    const id = canonicalTargetId(name);
    const earlier = id === undefined ? undefined : nameOfId.get(id);
    if (id === undefined) {
      const scenes = `or the mastered scene itself: ${sceneTargetNames.join(', ')}`;
      const message = [unknownTargetMessage(name), scenes, targetHint(name, sceneTargetNames)]
        .filter(Boolean)
        .join('; ');
      faults.push(issueAt(['targets', name], 'unknown-target', message));
    } else if (earlier !== undefined) {
      const message = `"${name}" and "${earlier}" are the same target; one entry is allowed`;
      faults.push(issueAt(['targets', name], 'repeated-target', message));
    } else {
      nameOfId.set(id, name);
      const { data } = targetSchema.safeParse(settings);
      for (const { path, code, message } of data ? targetFaults(id, data, sampleRateHz) : [])
        faults.push(issueAt(['targets', name, ...path], code, message));
    }
  }
  return faults;
}

/** The mastered scene is written as it comes out of the scene stage: nothing is to be set. */
const sceneTargetFaults = (name: SceneTargetName, settings: unknown): LocatedIssue[] =>
  Object.keys(isRecord(settings) ? settings : {}).map((key) =>
    issueAt(
      ['targets', name, key],
      'scene-target',
      `"${name}" is the mastered scene itself, which has no settings here; allowed: {}; its effects stand in "scene", its level in "sceneLoudness"`,
    ),
  );

function withPlace({ code, path, message, location }: LocatedIssue, locate?: DocumentLocator): Issue {
  const place = locate?.(location as readonly (string | number)[]);
  return { code, path, message: place ? `${message} (line ${place.line}, column ${place.column})` : message };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
