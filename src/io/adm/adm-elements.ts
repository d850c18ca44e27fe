import { FormatError, UnsupportedError } from '../../base/errors.ts';
import type { RationalSeconds } from '../../base/time.ts';
import type { AudioObject, SceneElement } from '../../scene/scene.ts';
import type { AdmItem, ItemChannel } from './adm-items.ts';
import { objectValues, type BuildContext, type ObjectValues } from './adm-object.ts';
import { normalizeId } from './adm-values.ts';
import type { AdmChannel } from './axml.ts';
import { buildAmbisonicBed } from './ambisonic-item.ts';
import { buildBed, buildBinauralBed } from './bed-item.ts';
import { fitBlockTimes } from './block-times.ts';

/** An element of the scene, what feeds it, and when it is heard. */
export interface AdmElement {
  readonly element: SceneElement;
  readonly item: AdmItem;
  /** One for each of the element's tracks, in their order. */
  readonly channels: readonly ItemChannel[];
  /** Stretch of the file in which it is heard; an end of undefined is that of the file. */
  readonly startSec: RationalSeconds;
  readonly endSec: RationalSeconds | undefined;
}

/** Elements of a scene, at most. */
const maxElements = 1024;

/**
 * Turns what a programme plays into elements: a pack of DirectSpeakers, HOA or Binaural each into one, one of Objects
 * into as many as it has channels.
 * @throws FormatError; UnsupportedError 'adm-matrix', 'adm-hoa', 'adm-size'
 */
export function buildElements(items: readonly AdmItem[], context: BuildContext): AdmElement[] {
  const ids = createIdMaker();
  const elements = items.flatMap((item) => buildItem(item, context, ids));
  if (elements.length > maxElements) {
    const { file } = context.document;
    const message = `${file}: ${elements.length} elements; at most ${maxElements} are read`;
    throw new UnsupportedError('adm-size', message, { file });
  }
  return elements;
}

/** Makes IDs that are unique within the scene: that of the object, then with numbers. */
function createIdMaker(): (wanted: string) => string {
  const used = new Set<string>();
  return (wanted) => {
    let id = wanted;
    for (let count = 2; used.has(id); count++) id = `${wanted}_${count}`;
    used.add(id);
    return id;
  };
}

function buildItem(item: AdmItem, context: BuildContext, makeId: (wanted: string) => string): AdmElement[] {
  const { document } = context;
  const leaf = item.objects.at(-1);
  const objectId = leaf ? normalizeId(leaf.attributes.audioObjectID ?? '') : item.packId;
  const values = objectValues(item, context);
  const { startSec, endSec } = values;
  const one = (element: SceneElement, channels: readonly ItemChannel[]): AdmElement[] =>
    channels.length === 0 ? [] : [{ element, item, channels, startSec, endSec }];
  switch (item.type) {
    case 'Objects':
      return item.channels.map((channel) =>
        buildObject(item, channel, values, { ...context, id: makeId(objectId) }),
      );
    case 'DirectSpeakers':
      return one(buildBed(item, values.base(makeId(objectId)), context), item.channels);
    case 'HOA': {
      const { element, channels } = buildAmbisonicBed(item, values.base(makeId(objectId)), context);
      return one(element, channels);
    }
    case 'Binaural':
      return one(buildBinauralBed(item, values.base(makeId(objectId)), context), item.channels);
    case 'Matrix': {
      const message = `${document.file}: ${objectId}: packs of type Matrix (BS.2076-2 clause 5.4.3.2) are not read; "${item.packId}" is one`;
      throw new UnsupportedError('adm-matrix', message, { file: document.file, path: objectId });
    }
  }
}

function buildObject(
  item: AdmItem,
  channel: ItemChannel,
  values: ObjectValues,
  { id, document, onWarning }: BuildContext & { readonly id: string },
): AdmElement {
  const { file } = document;
  const format = document.channels.get(channel.channelId);
  const path = channel.channelId;
  if (!format || format.objectBlocks.length === 0) {
    const message = `${file}: ${path} ${format ? 'has no blocks of type Objects' : 'is referred to and not defined'}`;
    throw new FormatError('adm-reference', message, { file, path, chunk: 'axml' });
  }
  const { blocks, changes } = fitBlockTimes(format.objectBlocks, values.durationSec, { file, path });
  if (changes.length > 0) {
    const message = `${file}: ${path}: ${changes.join('; ')}`;
    onWarning({ code: 'adm-block-times', message, file, path });
  }
  const base = values.base(id);
  const name = item.channels.length > 1 ? `${base.name} ${format.name}` : base.name;
  const element: AudioObject = {
    ...base,
    name,
    kind: 'object',
    binauralMode: isAlwaysBypassed(format) ? 'off' : undefined,
    positionOffset: values.positionOffset,
    blocks,
  };
  return { element, item, channels: [channel], startSec: values.startSec, endSec: values.endSec };
}

/** All blocks ask for no HRTF. BS.2076-2 clause 10.3. */
const isAlwaysBypassed = ({ bypassedBlockCount, objectBlocks }: AdmChannel): boolean =>
  bypassedBlockCount === objectBlocks.length;
