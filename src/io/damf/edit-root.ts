import { isMap, isScalar, isSeq, parseDocument, Scalar, stringify, type Document, type YAMLMap } from 'yaml';
import { ConfigError } from '../../base/errors.ts';
import type { DeliveryMetadata } from '../../scene/scene.ts';
import { deliveryKeys, formatDamfDelivery } from './damf-delivery.ts';

/** What of a root file is to change. */
export interface DamfRootEdits {
  /** Names of the files that belong to it. */
  readonly metadata: string;
  readonly audio: string;
  /** All of the delivery, and which of its keys to write; the others stay as they are. */
  readonly delivery: DeliveryMetadata;
  readonly keys: ReadonlySet<(typeof deliveryKeys)[number]>;
  /** New descriptions: of beds by their place among those that have channels, of objects by their ID. */
  readonly bedNames: ReadonlyMap<number, string>;
  readonly objectNames: ReadonlyMap<number, string>;
}

/**
 * Changes the root file of a master: comments, order and keys of no known meaning stay. What takes away a value takes
 * away its key.
 * @param offsetSec time of the first sample
 * @throws ConfigError 'metadata-value' where the file has no such lists, as that of version 0.3
 */
export function editDamfRoot(text: string, file: string, offsetSec: number, edits: DamfRootEdits): string {
  const document = parseDocument(text, { version: '1.2' });
  const presentation = document.getIn(['presentations', 0], true) as YAMLMap;
  setText(document, presentation, 'metadata', edits.metadata);
  setText(document, presentation, 'audio', edits.audio);
  const delivery = formatDamfDelivery(edits.delivery, offsetSec);
  for (const key of deliveryKeys) {
    if (!edits.keys.has(key)) continue;
    const value = delivery[key];
    if (value === undefined) presentation.delete(key);
    else if (key === 'ffoa') setSeconds(document, presentation, key, value as number);
    else setValue(document, presentation, key, value);
  }
  const rename = (list: string, names: ReadonlyMap<number, string>, numberOf: NumberOf): void => {
    if (names.size === 0) return;
    const items = presentation.get(list);
    if (!isSeq(items)) {
      const message = `${file}: has no list "${list}", so names are not changed in it`;
      throw new ConfigError('metadata-value', message, { file });
    }
    let count = 0;
    for (const item of items.items) {
      if (!isMap(item)) continue;
      const number = numberOf(item, count);
      if (number === undefined) continue;
      count++;
      const name = names.get(number);
      if (name !== undefined) setText(document, item, 'description', name);
    }
  };
  rename('bedInstances', edits.bedNames, (item, count) => {
    const channels = item.get('channels');
    return isSeq(channels) && channels.items.length > 0 ? count : undefined;
  });
  rename('objects', edits.objectNames, (item) => (item.get('ID') ?? item.get('objectID')) as number);
  return document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    indentSeq: !/^presentations:[^\n]*\n-/m.test(text),
  });
}

type NumberOf = (item: YAMLMap, count: number) => number | undefined;

/** Keeps the node, and the comments at it. */
function setValue(document: Document, map: YAMLMap, key: string, value: unknown): void {
  const node = map.get(key, true);
  if (isScalar(node) && (typeof value !== 'object' || value === null)) {
    if (node.value === value) return;
    node.value = value;
    delete node.source;
    delete node.minFractionDigits;
  } else map.set(document.createNode(key), document.createNode(value));
}

/** Always with a point. */
function setSeconds(document: Document, map: YAMLMap, key: string, value: number): void {
  setValue(document, map, key, Math.round(value * 1e5) / 1e5);
  const node = map.get(key, true);
  if (isScalar(node)) node.minFractionDigits ??= 1;
}

/** Quoted where YAML 1.1 would take it for something else, so that it is a text for readers of either version. */
function setText(document: Document, map: YAMLMap, key: string, text: string): void {
  if (map.get(key) === text) return;
  setValue(document, map, key, text);
  const node = map.get(key, true);
  if (!isScalar(node)) return;
  node.type = stringify(text, { version: '1.1' }).startsWith('"') ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
}
