import { expect, test } from 'vitest';
import type { AudioReader } from '../../../src/io/audio-file.ts';
import { placeStems } from '../../../src/io/stems/place-stems.ts';
import { parseScene } from '../../../src/scene/parse-scene.ts';

const reader = (extra: Partial<AudioReader>): AudioReader => ({
  file: 'x.wav',
  container: 'WAV',
  sampleRateHz: 48000,
  channelCount: 1,
  frameCount: 1000,
  sampleFormat: 'int24',
  bitDepth: 24,
  seek: () => undefined,
  read: async () => 0,
  close: async () => undefined,
  ...extra,
});

/** Places the readers, one a stem, of a document. */
function place(document: object, readers: AudioReader[]) {
  const { scene, stems } = parseScene({ version: 1, ...document });
  const open = stems.map((reference, index) => ({
    reference,
    files: [{ file: 'x.wav', path: reference.path, realPath: '/x.wav' }],
    readers: [readers[index]!],
  }));
  return placeStems(scene, open, 48000, () => undefined);
}
const object = (name: string, extra: object = {}) => ({
  name,
  file: 'x.wav',
  position: { azimuthDeg: 0 },
  ...extra,
});

test('elements that share a file and a start are read together', () => {
  const shared = reader({ channelCount: 3 });
  const objects = [
    object('a', { channel: 2 }),
    object('b', { channel: 2 }),
    object('c', { channel: 1, startSec: 1 }),
  ];
  const { placed } = place({ objects }, [shared, shared, shared]);
  expect(placed).toMatchObject([
    { startSample: 0, tracks: [[], [0, 1], []] },
    { startSample: 48000, tracks: [[2], [], []] },
  ]);
});

test('starts come from the document, else from the time stamps', () => {
  const readers = [1000, 1024, undefined].map((timeReferenceSamples) => reader({ timeReferenceSamples }));
  const { scene, placed } = place({ objects: [object('a'), object('b'), object('c')] }, readers);
  expect(placed.map(({ startSample }) => startSample)).toEqual([0, 24, 0]);
  expect(scene.elements[1]?.startSec).toEqual({ numerator: 24n, denominator: 48000n });
  const stated = place({ objects: [object('a', { startSec: '1/3' }), object('b')] }, readers);
  expect(stated.placed.map(({ startSample }) => startSample)).toEqual([16000, 0]);
});

test('the labels of a file give the order of a bed', () => {
  const file = reader({ channelCount: 3, channelLabels: ['M+000', 'M-030', 'M+030'] });
  const loose = place({ beds: [{ name: 'b', channels: ['L', 'R', 'C'], file: 'x.wav' }] }, [file]);
  expect(loose.placed[0]?.tracks).toEqual([[0], [1], [2]]);
  const stereo = reader({ channelCount: 2, channelLabels: ['M-030', 'M+030'] });
  const bed = place({ beds: [{ name: 'b', layout: '2.0', file: 'x.wav' }] }, [stereo]);
  expect(bed.placed[0]?.tracks).toEqual([[1], [0]]);
});

test('channel counts that do not fit are faults', () => {
  const { issues } = place({ ambisonics: [{ name: 'a', file: 'x.wav', order: 1 }] }, [
    reader({ channelCount: 5 }),
  ]);
  expect(issues).toEqual([
    { code: 'stem-channels', path: 'ambisonics[0].file', message: '"x.wav" has 5 channels; "a" has 4' },
  ]);
});
