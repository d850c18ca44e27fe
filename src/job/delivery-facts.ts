import type { DeliveryFacts } from '../deliver/file-facts.ts';
import { bytePlace, childText, elementsOf, idOf, idText } from '../deliver/master-rules/rule.ts';
import { dbmdSegmentIds, type Dbmd } from '../io/adm/dbmd.ts';
import { parseAtmos } from '../io/adm/dbmd-fields.ts';
import { parseSupplement, type AtmosSupplement } from '../io/adm/dbmd-supplement.ts';
import { sceneTracks, trimLayouts, type Scene } from '../scene/scene.ts';
import type { MasterFacts } from '../deliver/master-facts.ts';
import type { MasterFile } from './master-facts.ts';

/** What a scene file says of its delivery. */
export function deliveryOfScene(scene: Scene): DeliveryFacts {
  const { frameRate, firstFrameOfActionSec, warpMode, trims } = scene.delivery;
  return {
    frameRate,
    hasFirstFrameOfAction: firstFrameOfActionSec !== undefined,
    warpMode,
    trims,
    channels: sceneTracks(scene).map(({ elementIndex, channelIndex }) => {
      const element = scene.elements[elementIndex]!;
      const channel = element.kind === 'bed' ? element.channels[channelIndex]! : undefined;
      const name = channel ? `${element.name} ${channel.label}` : element.name;
      const binauralMode = channel?.binauralMode ?? element.binauralMode;
      return { name, isLfe: channel?.isLfe ?? false, binauralMode, place: name };
    }),
    place: '',
    trimPlace: '',
  };
}

/** What a master says of its delivery: its `dbmd` as it stands, nothing repaired; all is missing where that is. */
export function deliveryOfMaster({ facts, dbmd }: MasterFile): DeliveryFacts {
  const payloadOf = (wanted: number) => dbmd?.segments.find(({ id }) => id === wanted)?.payload;
  const atmosPayload = payloadOf(dbmdSegmentIds.atmos);
  const supplementPayload = payloadOf(dbmdSegmentIds.atmosSupplement);
  const atmos = atmosPayload && parseAtmos(atmosPayload);
  const supplement = supplementPayload && parseSupplement(supplementPayload);
  return {
    frameRate: atmos?.frameRate,
    hasFirstFrameOfAction: atmos?.firstFrameOfAction !== undefined,
    warpMode: atmos?.warpMode,
    trims: supplement?.trims ?? {},
    channels: channelsOf(facts, supplement, dbmd),
    place: segmentPlace(facts, dbmdSegmentIds.atmos),
    trimPlace: segmentPlace(facts, dbmdSegmentIds.atmosSupplement),
  };
}

const segmentPlace = ({ studio, ...facts }: MasterFacts, id: number): string => {
  const segment = studio.content?.segments.find((candidate) => candidate.id === id);
  if (segment) return bytePlace(segment.byteOffset, `dbmd segment ${id}`);
  const chunk = facts.chunks.find((candidate) => candidate.id === 'dbmd');
  return chunk ? bytePlace(chunk.byteOffset, 'dbmd') : '';
};

/** Head of a segment: its number and its size. */
const segmentHeadBytes = 3;
/** Of segment 10, before the entries of channels: sync, count, a reserved byte and the trims. */
const channelsAtBytes = 7 + 15 * trimLayouts.length;

function channelsOf(
  facts: MasterFacts,
  supplement: AtmosSupplement | undefined,
  dbmd: Dbmd | undefined,
): DeliveryFacts['channels'] {
  const lfes = lfeFormats(facts);
  const segment = facts.studio.content?.segments.find(({ id }) => id === dbmdSegmentIds.atmosSupplement);
  const entries = facts.tracks.content?.entries ?? [];
  return Array.from({ length: facts.channelCount }, (_, index) => {
    const entry = entries.find(({ trackIndex }) => trackIndex === index + 1);
    const mode = supplement?.channels[index]?.binauralMode;
    const byteOffset =
      dbmd && supplement && segment
        ? segment.byteOffset + segmentHeadBytes + channelsAtBytes + supplement.channels.length + index
        : undefined;
    return {
      name: entry ? `track ${index + 1} (${entry.uid})` : `track ${index + 1}`,
      isLfe: entry !== undefined && lfes.has(idText(entry.formatRef).slice(3, 11)),
      binauralMode: mode === 'notIndicated' ? undefined : mode,
      place: byteOffset === undefined ? '' : bytePlace(byteOffset, 'dbmd segment 10'),
    };
  });
}

/** Type and number of the channel formats that are LFEs. */
function lfeFormats({ model }: MasterFacts): Set<string> {
  const channels = model.content ? elementsOf(model.content, 'audioChannelFormat') : [];
  const lfes = channels.filter((channel) =>
    /LFE/.test(childText(elementsOf(channel, 'audioBlockFormat')[0] ?? channel, 'speakerLabel') ?? ''),
  );
  return new Set(lfes.map((channel) => idText(idOf(channel)).slice(3, 11)));
}
