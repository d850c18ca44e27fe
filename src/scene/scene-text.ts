import { SceneError } from '../base/errors.ts';
import type { RationalSeconds } from '../base/time.ts';
import { exactSeconds } from './block-timing.ts';
import type { ObjectBlock, Scene, SceneElement } from './scene.ts';

/**
 * A scene as text for another part of periphon, which takes it as it is: nothing is checked, nothing is lost. (Scene
 * files are for people: see `parseScene`.) The first line is the scene without its elements, each further line an
 * element, all in JSON; exact times are "numerator/denominator", a gain of null is silence. Of a block is written what
 * the one before it has not, and in `without` what only that one has: hours of automation stay short.
 */
export function formatSceneText({ elements, ...scene }: Scene): string {
  return [scene, ...elements.map(shortened)].map(textOf).join('\n');
}

const textOf = (value: unknown): string => JSON.stringify(value, writeValue);

const shortened = (element: SceneElement): object =>
  element.kind === 'object' ? { ...element, blocks: changesOf(element.blocks) } : element;

/** What of a block differs from the one before it. */
type BlockChange = Partial<ObjectBlock> & { readonly without?: readonly string[] };

function changesOf(blocks: readonly ObjectBlock[]): BlockChange[] {
  const before = new Map<string, string>();
  return blocks.map((block) => {
    const change: Record<string, unknown> = {};
    const lacking = new Set(before.keys());
    for (const [key, value] of Object.entries(block) as [string, unknown][]) {
      if (value === undefined) continue;
      lacking.delete(key);
      const text = textOf(value);
      if (text === before.get(key)) continue;
      before.set(key, text);
      change[key] = value;
    }
    for (const key of lacking) before.delete(key);
    return lacking.size > 0 ? { ...change, without: [...lacking] } : change;
  });
}

/**
 * Reads the text of `formatSceneText`, element after element.
 * @param pause awaited after each element: long scenes take a while, in which others may want the thread
 * @throws SceneError 'scene-text' for any other text
 */
export async function readSceneText(text: string, pause?: () => Promise<void>): Promise<Scene> {
  const [first = '', ...lines] = text.split('\n');
  try {
    const elements: SceneElement[] = [];
    for (const line of lines) {
      elements.push(restoreElement(JSON.parse(line) as Written<SceneElement>));
      await pause?.();
    }
    return { ...(JSON.parse(first) as Omit<Scene, 'elements'>), elements };
  } catch (cause) {
    throw new SceneError('scene-text', 'what was sent is not the text of a scene', { cause });
  }
}

const writeValue = (_key: string, value: unknown): unknown =>
  isTime(value) ? `${value.numerator}/${value.denominator}` : value === -Infinity ? null : value;

const isTime = (value: unknown): value is RationalSeconds =>
  typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value;

/** What a line holds: times are text, gains may be null. Both are put right in place. */
type Written<Value> = Value extends RationalSeconds
  ? string
  : Value extends object
    ? { -readonly [Key in keyof Value]: Key extends 'gainDb' ? number | null : Written<Value[Key]> }
    : Value;

function restoreElement(written: Written<SceneElement>): SceneElement {
  const element = restoreTimes(written, ['startSec']);
  if (element.kind === 'bed') element.channels.forEach(restoreGain);
  if (element.kind === 'object') element.blocks = restoreBlocks(element.blocks);
  return restoreGain(element) as unknown as SceneElement;
}

/** Puts every block together from the one before and its own; what does not change is one object for all. */
function restoreBlocks(changes: readonly Written<BlockChange>[]): Written<ObjectBlock>[] {
  let block = {} as Written<ObjectBlock>;
  return changes.map(({ without = [], ...change }) => {
    const own = restoreTimes(restoreGain(change), ['startSec', 'durationSec', 'interpolationLengthSec']);
    block = { ...block, ...own };
    for (const key of without) delete (block as Record<string, unknown>)[key];
    return block;
  });
}

function restoreGain<Part extends { gainDb?: number | null }>(part: Part): Part {
  if (part.gainDb === null) part.gainDb = -Infinity;
  return part;
}

function restoreTimes<Part extends object>(part: Part, keys: readonly string[]): Part {
  const times = part as Record<string, string | RationalSeconds | undefined>;
  for (const key of keys) {
    const written = times[key];
    if (typeof written === 'string') times[key] = exactSeconds(written);
  }
  return part;
}
