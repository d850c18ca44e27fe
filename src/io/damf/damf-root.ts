import type { WarningHandler } from '../../base/errors.ts';
import type { DeliveryMetadata } from '../../scene/scene.ts';
import { deliveryKeys, parseDamfDelivery } from './damf-delivery.ts';
import { mapOf, readYaml, type YamlReader } from './yaml-values.ts';

/** A channel of a bed. */
export interface DamfBedChannel {
  /** "L", "Lss". */
  readonly name: string;
  readonly id: number;
}

/** A bed of a master. */
export interface DamfBed {
  readonly description: string | undefined;
  readonly groupName: string | undefined;
  readonly channels: readonly DamfBedChannel[];
}

/** An object of a master. */
export interface DamfObject {
  readonly description: string | undefined;
  readonly groupName: string | undefined;
  readonly id: number;
}

/** What the root file of a master in DAMF says. */
export interface DamfRoot {
  readonly file: string;
  readonly version: string;
  readonly language: string | undefined;
  /** Name of the file; empty where it states none. */
  readonly metadata: string;
  readonly audio: string;
  /** Time of the first sample. */
  readonly offsetSec: number;
  readonly beds: readonly DamfBed[];
  readonly objects: readonly DamfObject[];
  readonly delivery: DeliveryMetadata;
  /** Keys of the document that are not read. */
  readonly others: Readonly<Record<string, unknown>>;
  /** Keys of the presentation that a scene has no place for. */
  readonly presentationOthers: Readonly<Record<string, unknown>>;
}

const readKeys = new Set<string>([
  ...deliveryKeys,
  'metadata',
  'audio',
  'offset',
  'bedInstances',
  'objects',
  'channels',
]);
/** IDs are small: ten a bed, then objects, and unusual bed channels from 130 on. */
const maxId = 65_535;

type Path = readonly (string | number)[];

/**
 * Reads the root file of a master in DAMF, of version 0.5 or of the older 0.3. Its first presentation counts; others come
 * with the warning 'damf-presentations', values of no known meaning with 'damf-unknown'.
 * @throws FormatError 'damf-yaml', 'damf-value' with file and line
 */
export function parseDamfRoot(text: string, file: string, onWarning: WarningHandler): DamfRoot {
  const yaml = readYaml(text, file);
  const document = mapOf(yaml.data) ?? yaml.refuse([], 'is no mapping, so it is no .atmos file of a master');
  const { version, language, presentations, ...others } = document;
  const list = Array.isArray(presentations) ? (presentations as unknown[]) : [];
  const presentation =
    mapOf(list[0]) ?? yaml.refuse(['presentations'], 'is no list of presentations, so nothing can be played');
  if (list.length > 1) {
    const message = `${file}: has ${list.length} presentations; the first is read`;
    onWarning({ code: 'damf-presentations', message, file });
  }
  const at = (...path: Path): Path => ['presentations', 0, ...path];
  const offset = presentation.offset ?? 0;
  if (typeof offset !== 'number' || !Number.isFinite(offset))
    return yaml.refuse(at('offset'), `is ${String(offset)}; a number of seconds is needed`);
  const { beds, objects } =
    presentation.channels === undefined
      ? parseInstances(yaml, presentation, at)
      : parseChannels(yaml, presentation.channels, at('channels'));
  checkIds(yaml, beds, objects);
  const unknown: Record<string, unknown> = {};
  const delivery = parseDamfDelivery(presentation, offset, (key, value) => {
    unknown[key] = value;
    const message = `${file}: ${key} is ${JSON.stringify(value) ?? String(value)}, which means nothing that is known; it is kept and not used`;
    onWarning({ code: 'damf-unknown', message, file, path: key });
  });
  const unread = Object.entries(presentation).filter(([key]) => !readKeys.has(key));
  return {
    file,
    version: version === undefined ? '' : String(version),
    language: typeof language === 'string' ? language : undefined,
    metadata: textOf(yaml, presentation, 'metadata', at()) ?? '',
    audio: textOf(yaml, presentation, 'audio', at()) ?? '',
    offsetSec: offset,
    beds,
    objects,
    delivery,
    others,
    presentationOthers: { ...Object.fromEntries(unread), ...unknown },
  };
}

type Instances = Pick<DamfRoot, 'beds' | 'objects'>;

function parseInstances(
  yaml: YamlReader,
  presentation: Readonly<Record<string, unknown>>,
  at: (...path: Path) => Path,
): Instances {
  const beds = itemsOf(yaml, presentation, 'bedInstances', at()).map(({ item, path }) => ({
    ...namesOf(yaml, item, path),
    channels: itemsOf(yaml, item, 'channels', path).map((channel) => ({
      name:
        textOf(yaml, channel.item, 'channel', channel.path) ??
        yaml.refuse(channel.path, 'is a bed channel without a name ("channel: L")'),
      id: idOf(yaml, channel.item, channel.path),
    })),
  }));
  const objects = itemsOf(yaml, presentation, 'objects', at()).map(({ item, path }) => ({
    ...namesOf(yaml, item, path),
    id: idOf(yaml, item, path),
  }));
  return { beds: beds.filter(({ channels }) => channels.length > 0), objects };
}

/** One list of all channels, as version 0.3 has it; a bed ends where a channel comes for the second time. */
function parseChannels(yaml: YamlReader, value: unknown, at: Path): Instances {
  const beds: { description: string | undefined; groupName: undefined; channels: DamfBedChannel[] }[] = [];
  const objects: DamfObject[] = [];
  for (const { item, path } of itemsOf(yaml, { channels: value }, 'channels', at.slice(0, -1))) {
    const id = idOf(yaml, item, path);
    const description = textOf(yaml, item, 'name', path);
    const name = textOf(yaml, item, 'bed', path);
    if (name === undefined) {
      objects.push({ description, groupName: undefined, id });
      continue;
    }
    let bed = beds.at(-1);
    if (!bed || bed.channels.some((channel) => channel.name === name)) {
      bed = { description: undefined, groupName: undefined, channels: [] };
      beds.push(bed);
    }
    bed.channels.push({ name, id });
  }
  return { beds, objects };
}

function itemsOf(
  yaml: YamlReader,
  parent: Readonly<Record<string, unknown>>,
  key: string,
  parentPath: Path,
): { item: Readonly<Record<string, unknown>>; path: Path }[] {
  const value = parent[key] ?? [];
  if (!Array.isArray(value)) return yaml.refuse([...parentPath, key], 'is no list');
  return (value as unknown[]).map((entry, index) => {
    const path = [...parentPath, key, index];
    return { item: mapOf(entry) ?? yaml.refuse(path, 'is no mapping'), path };
  });
}

const namesOf = (yaml: YamlReader, item: Readonly<Record<string, unknown>>, path: Path) => ({
  description: textOf(yaml, item, 'description', path),
  groupName: textOf(yaml, item, 'groupName', path),
});

/** Names may look like numbers; they are texts all the same. */
function textOf(
  yaml: YamlReader,
  item: Readonly<Record<string, unknown>>,
  key: string,
  path: Path,
): string | undefined {
  const value = item[key];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? yaml.refuse([...path, key], 'is no text') : String(value);
}

function idOf(yaml: YamlReader, item: Readonly<Record<string, unknown>>, path: Path): number {
  const key = item.ID === undefined && item.objectID !== undefined ? 'objectID' : 'ID';
  const id = item[key];
  if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= maxId) return id;
  return yaml.refuse(
    id === undefined ? path : [...path, key],
    id === undefined ? 'has no ID' : `is ${String(id)}; an ID is a whole number from 0 to ${maxId}`,
  );
}

function checkIds(yaml: YamlReader, beds: readonly DamfBed[], objects: readonly DamfObject[]): void {
  const ids = [...beds.flatMap(({ channels }) => channels), ...objects].map(({ id }) => id);
  if (ids.length === 0) yaml.refuse(['presentations', 0], 'has neither beds nor objects');
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) yaml.refuse(['presentations', 0], `has ID ${repeated} twice`);
}
