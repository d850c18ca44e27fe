import type { MasterFacts, MasterNode } from '../master-facts.ts';
import {
  elementsOf,
  faultAt,
  idOf,
  idText,
  isBed,
  modelRule,
  objectsOf,
  refsTo,
  secondsOf,
  timeToleranceSec,
  typeOf,
  type Fault,
  type MasterRule,
} from './rule.ts';

/** How programme, contents, objects and formats hang together, and their times. BS.2076-2; ADM profile 1.1. */

const masterName = 'Atmos_Master';
const maxBedTracks = 10;
const typeLabels: Readonly<Record<string, string>> = { DirectSpeakers: '0001', Objects: '0003' };

const programmesOf = (model: MasterNode): MasterNode[] => elementsOf(model, 'audioProgramme');

const audioSec = ({ frameCount, sampleRateHz }: MasterFacts): number => frameCount / sampleRateHz;

/** Whether a time is the one that is wanted, as exactly as times are written. */
const isTime = (text: string | undefined, wantedSec: number): boolean =>
  Math.abs((secondsOf(text) ?? Infinity) - wantedSec) <= timeToleranceSec;

function programmeTimeFaults(model: MasterNode, facts: MasterFacts): Fault[] {
  return programmesOf(model).flatMap((programme) => {
    const { start, end } = programme.attributes;
    const wanted = `the audio lasts ${audioSec(facts).toFixed(5)} s`;
    return [
      ...(isTime(start, 0) ? [] : [faultAt(programme, `start ${start ?? 'missing'}`)]),
      ...(isTime(end, audioSec(facts)) ? [] : [faultAt(programme, `end ${end ?? 'missing'}, ${wanted}`)]),
    ];
  });
}

function objectTimeFaults(model: MasterNode, facts: MasterFacts): Fault[] {
  return elementsOf(model, 'audioObject').flatMap((object) => {
    const { start, startTime = start, duration } = object.attributes;
    return [
      ...(startTime === undefined || isTime(startTime, 0) ? [] : [faultAt(object, `start ${startTime}`)]),
      ...(duration === undefined || isTime(duration, audioSec(facts))
        ? []
        : [faultAt(object, `duration ${duration}, the audio lasts ${audioSec(facts).toFixed(5)} s`)]),
    ];
  });
}

const timeAttributes = ['start', 'startTime', 'end', 'duration', 'rtime'];

function timeFormatFaults(model: MasterNode): Fault[] {
  const timed = model.children.flatMap((node) => [node, ...elementsOf(node, 'audioBlockFormat')]);
  return timed.flatMap((node) =>
    timeAttributes
      .filter((name) => !/^\d\d:\d\d:\d\d\.\d{5}$/.test(node.attributes[name] ?? '00:00:00.00000'))
      .map((name) => faultAt(node, `${name}="${node.attributes[name]}"`)),
  );
}

/** Elements that are referred to, by the name of the reference. */
const referenceNames: Readonly<Record<string, string>> = {
  audioContentIDRef: 'audioContent',
  audioObjectIDRef: 'audioObject',
  audioPackFormatIDRef: 'audioPackFormat',
  audioChannelFormatIDRef: 'audioChannelFormat',
  audioStreamFormatIDRef: 'audioStreamFormat',
  audioTrackFormatIDRef: 'audioTrackFormat',
  audioTrackUIDRef: 'audioTrackUID',
};

function danglingReferences(model: MasterNode): Fault[] {
  const known = new Set(model.children.map((node) => `${node.name} ${idText(idOf(node))}`));
  return model.children.flatMap((node) =>
    node.children
      .filter(({ name, text }) => {
        const wanted = referenceNames[name];
        return wanted !== undefined && !known.has(`${wanted} ${idText(text)}`);
      })
      .map(({ text }) => faultAt(node, `refers to ${text || 'nothing'}, which is not there`)),
  );
}

/** Elements that nothing refers to are not played. */
function unusedElements(model: MasterNode): Fault[] {
  const used = new Set<string>();
  for (const node of model.children)
    for (const { name, text } of node.children)
      if (referenceNames[name]) used.add(`${referenceNames[name]} ${idText(text)}`);
  const names = ['audioContent', 'audioObject', 'audioTrackUID'];
  return model.children
    .filter((node) => names.includes(node.name) && !used.has(`${node.name} ${idText(idOf(node))}`))
    .map((node) => faultAt(node, `nothing refers to ${idOf(node)}`));
}

function streamFaults(model: MasterNode): Fault[] {
  const packs = new Map(elementsOf(model, 'audioPackFormat').map((pack) => [idText(idOf(pack)), pack]));
  const tracks = new Map(elementsOf(model, 'audioTrackFormat').map((track) => [idText(idOf(track)), track]));
  return elementsOf(model, 'audioStreamFormat').flatMap((stream) => {
    const [channelId = ''] = refsTo(stream, 'audioChannelFormatIDRef');
    const [packId = ''] = refsTo(stream, 'audioPackFormatIDRef');
    const [trackId = ''] = refsTo(stream, 'audioTrackFormatIDRef');
    const pack = packs.get(packId);
    const track = tracks.get(trackId);
    return [
      ...(pack && !refsTo(pack, 'audioChannelFormatIDRef').includes(channelId)
        ? [faultAt(stream, `${packId} does not hold ${channelId}`)]
        : []),
      ...(track && !refsTo(track, 'audioStreamFormatIDRef').includes(idText(idOf(stream)))
        ? [faultAt(stream, `${trackId} does not refer back`)]
        : []),
    ];
  });
}

function objectTrackFaults(model: MasterNode): Fault[] {
  return objectsOf(model).flatMap(({ object, pack }) => {
    if (!pack) return [];
    const tracks = refsTo(object, 'audioTrackUIDRef').length;
    const channels = refsTo(pack, 'audioChannelFormatIDRef').length;
    const most = isBed({ pack }) ? maxBedTracks : 1;
    return tracks === channels && tracks >= 1 && tracks <= most
      ? []
      : [faultAt(object, `${tracks} tracks for ${channels} channels`)];
  });
}

function typeFaults(model: MasterNode): Fault[] {
  return [...elementsOf(model, 'audioPackFormat'), ...elementsOf(model, 'audioChannelFormat')].flatMap(
    (node) => {
      const { typeLabel } = node.attributes;
      const label = typeLabels[typeOf(node)];
      if (label === undefined) return [faultAt(node, `type ${typeOf(node)}`)];
      return typeLabel === undefined || typeLabel === label
        ? []
        : [faultAt(node, `typeLabel ${typeLabel} of ${typeOf(node)}`)];
    },
  );
}

function pcmFaults(model: MasterNode): Fault[] {
  return [...elementsOf(model, 'audioStreamFormat'), ...elementsOf(model, 'audioTrackFormat')].flatMap(
    (node) => {
      const { formatLabel = '0001', formatDefinition = 'PCM' } = node.attributes;
      return formatLabel === '0001' && formatDefinition === 'PCM'
        ? []
        : [faultAt(node, `${formatLabel} ${formatDefinition}`)];
    },
  );
}

function uidFormatFaults(model: MasterNode, { sampleRateHz, bitDepth }: MasterFacts): Fault[] {
  return elementsOf(model, 'audioTrackUID').flatMap((uid) => {
    const { sampleRate = String(sampleRateHz), bitDepth: bits = String(bitDepth) } = uid.attributes;
    return Number(sampleRate) === sampleRateHz && Number(bits) === bitDepth
      ? []
      : [faultAt(uid, `${sampleRate} Hz, ${bits} bit; the file has ${sampleRateHz} Hz, ${bitDepth} bit`)];
  });
}

/** Rules of structure and times. */
export const structureRules: readonly MasterRule[] = [
  {
    id: 'axml-present',
    text: 'a chunk axml that can be read',
    reason: 'it says what the channels are',
    check: ({ model: { fault } }) => (fault === undefined ? [] : [{ place: '', found: fault }]),
  },
  modelRule(
    'programme-name',
    `the programme is called ${masterName}`,
    'importers know a master by this name',
    (model) =>
      programmesOf(model)
        .filter(({ attributes }) => attributes.audioProgrammeName !== masterName)
        .map((programme) => faultAt(programme, `"${programme.attributes.audioProgrammeName ?? ''}"`)),
  ),
  modelRule(
    'programme-times',
    'the programme starts at 0 and ends with the audio',
    'what is outside is not played, or played without metadata',
    programmeTimeFaults,
  ),
  modelRule(
    'object-times',
    'every object starts at 0 and lasts as long as the audio',
    'importers do not know objects that come and go',
    objectTimeFaults,
  ),
  modelRule('time-format', 'times have the form hh:mm:ss.fffff', 'importers know no other', timeFormatFaults),
  modelRule(
    'content-dialogue',
    'every content is mixed: dialogue 2 with mixedContentKind 0',
    'the profile has no other kind',
    (model) =>
      elementsOf(model, 'audioContent').flatMap((content) =>
        elementsOf(content, 'dialogue')
          .filter(({ text, attributes }) => text !== '2' || attributes.mixedContentKind !== '0')
          .map(({ text, attributes }) => faultAt(content, `dialogue ${text} ${JSON.stringify(attributes)}`)),
      ),
  ),
  modelRule(
    'references',
    'every reference names an element of the file',
    'what is missing is not heard',
    danglingReferences,
  ),
  modelRule(
    'unused-elements',
    'contents, objects and track UIDs are all referred to',
    'what nothing refers to is not heard',
    unusedElements,
  ),
  modelRule(
    'object-tracks',
    `an object has one track, a bed as many as its channels, up to ${maxBedTracks}`,
    'tracks and channels belong together one by one',
    objectTrackFaults,
  ),
  modelRule(
    'format-types',
    'packs and channels are DirectSpeakers (0001) or Objects (0003)',
    'masters hold beds and objects alone',
    typeFaults,
  ),
  modelRule('format-pcm', 'streams and tracks are PCM (0001)', 'masters hold nothing else', pcmFaults),
  modelRule(
    'stream-references',
    "a stream's pack holds its channel, and its track refers back",
    'importers follow the one or the other',
    streamFaults,
  ),
  modelRule(
    'uid-format',
    'track UIDs state the sample rate and word length of the file',
    'importers trust what they find there',
    uidFormatFaults,
  ),
];
