import { expect, test } from 'vitest';
import { inOrder, nameSource } from '../../../src/audition/server/found-source.ts';
import type { ProbedSource } from '../../../src/audition/server/source-plan.ts';
import { createScene } from '../../../src/scene/make-scene.ts';

const probed = (kind: ProbedSource['plan']['kind'], channelCount = 2, more: object = {}): ProbedSource => ({
  plan: {
    path: '/x/song.file.wav',
    files: [],
    programme: undefined,
    allowOutside: false,
    kind,
    channels: Array.from({ length: channelCount }, (_, track) => ({ track, gain: 1 })),
    scene: createScene('x', []),
  },
  labels: [],
  layout: kind === 'loudspeakers' ? '5.1' : undefined,
  speakers: [],
  order: undefined,
  fileOrder: undefined,
  sampleRateHz: 48000,
  frameCount: 1,
  stereoMasterFile: undefined,
  ...more,
});

test.each([
  [probed('binaural'), { target: 'binaural' }, 'binaural', 'Binaural'],
  [probed('stereo'), { target: 'stereo' }, 'stereo', 'Stereo fold-down'],
  [
    probed('stereo'),
    { target: 'stereo', variant: 'spotify' },
    'stereo.spotify',
    'Stereo fold-down (spotify)',
  ],
  [probed('stereo'), { target: 'stereo-master' }, 'stereo-master', 'Stereo master'],
  [probed('stereo'), { target: undefined }, 'song.file', 'song.file'],
  [probed('loudspeakers'), { target: '5.1' }, '5.1', '5.1 virtualised'],
  [probed('loudspeakers'), { target: undefined }, 'song.file', '5.1 virtualised (song.file)'],
  [
    probed('ambisonics', 16, { order: 3, fileOrder: 3 }),
    { target: 'ambix3' },
    'ambix3',
    'Ambisonics, order 3',
  ],
  [
    probed('ambisonics', 16, { order: 3, fileOrder: 5 }),
    { target: 'ambix5' },
    'ambix5',
    'Ambisonics, order 5, heard to 3',
  ],
  [probed('scene'), { target: 'adm' }, 'scene', 'Scene, live'],
])('names %#', (source, role, id, label) => {
  expect(nameSource(source, role)).toMatchObject({ id, label, checks: [] });
});

test('what is nearest to the listener comes first, and large beds before small ones', () => {
  const named = [
    nameSource(probed('scene'), { target: 'adm' }),
    nameSource(probed('ambisonics', 16), { target: 'ambix3' }),
    nameSource(probed('loudspeakers', 6), { target: '5.1' }),
    nameSource(probed('loudspeakers', 12), { target: '7.1.4' }),
    nameSource(probed('stereo'), { target: 'stereo-master' }),
    nameSource(probed('stereo'), { target: 'stereo' }),
    nameSource(probed('binaural'), { target: 'binaural' }),
  ];
  expect(inOrder(named).map(({ id }) => id)).toEqual([
    ...['binaural', 'stereo', 'stereo-master', '7.1.4', '5.1', 'ambix3', 'scene'],
  ]);
});
