import { expect, test } from 'vitest';
import { nameSource } from '../../../src/audition/server/found-source.ts';
import { describeSession } from '../../../src/audition/server/session-facts.ts';
import type { ProbedSource } from '../../../src/audition/server/source-plan.ts';
import { createScene } from '../../../src/scene/make-scene.ts';

const speakers = [{ label: 'M+030', azimuthDeg: 30, elevationDeg: 0, isLfe: false }];
const source = (
  target: string,
  sampleRateHz: number,
  kind: ProbedSource['plan']['kind'] = 'stereo',
  more: Partial<ProbedSource> = {},
) =>
  nameSource(
    {
      plan: {
        path: `/x/${target}.wav`,
        files: [],
        programme: undefined,
        allowOutside: false,
        kind,
        channels: [],
        scene: createScene('my scene', []),
      },
      labels: [],
      layout: undefined,
      speakers: [],
      order: undefined,
      fileOrder: undefined,
      sampleRateHz,
      frameCount: sampleRateHz,
      stereoMasterFile: undefined,
      ...more,
    },
    { target },
  );
const describeAll = async (...sources: ReturnType<typeof source>[]) =>
  (await describeSession(sources, { title: undefined, hrtfs: [], input: '/x/song.wav' })).session;

test('the rate is that of most files, that of the scene before all', async () => {
  const files = [source('a', 44100), source('b', 48000), source('c', 48000)];
  expect(await describeAll(...files)).toMatchObject({
    sampleRateHz: 48000,
    frameCount: 48000,
    title: 'song',
  });
  const session = await describeAll(...files, source('d', 96000, 'scene'));
  expect(session).toMatchObject({ sampleRateHz: 96000, title: 'my scene' });
  // All last a second, whatever their rate.
  expect(session.sources.map(({ frameCount }) => frameCount)).toEqual([96000, 96000, 96000, 96000]);
  expect(session.sources[0]!.fileSampleRateHz).toBe(44100);
});

test('rates that HRTF sets do not have become one that they have', async () => {
  expect((await describeAll(source('a', 192000))).sampleRateHz).toBe(96000);
  expect((await describeAll(source('a', 176400))).sampleRateHz).toBe(88200);
  expect((await describeAll(source('a', 32000))).sampleRateHz).toBe(44100);
});

test('ids differ, and so do the names of different layouts', async () => {
  const session = await describeAll(
    source('5.1', 48000, 'loudspeakers', { layout: '5.1', speakers }),
    source('5.1', 48000, 'loudspeakers', { layout: '5.1', speakers }),
    source('5.1', 48000, 'loudspeakers', { layout: '5.1', speakers: [] }),
  );
  expect(session.sources.map(({ id, layout }) => [id, layout])).toEqual([
    ['5.1', '5.1'],
    ['5.1-2', '5.1'],
    ['5.1-3', '5.1 (2)'],
  ]);
  expect(session.layouts).toEqual({ '5.1': speakers, '5.1 (2)': [] });
});
