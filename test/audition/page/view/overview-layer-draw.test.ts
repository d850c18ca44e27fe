import { expect, test } from 'vitest';
import { drawOverviewLayer } from '../../../../src/audition/page/view/overview-layer-draw.ts';
import { recordPicture } from '../fakes.ts';

test('loop, flags and pointer stand at their times', () => {
  const { picture, calls } = recordPicture(640, 200);
  drawOverviewLayer(picture, {
    frameCount: 600,
    loop: { startFrame: 100, endFrame: 300 },
    isLooping: true,
    flagFrames: [450],
    hoverX: 20,
  });
  expect(calls).toContain('fillRect 100 0 200 200');
  expect(calls).toContain('fillRect 450 4 1 11');
  expect(calls).toContain('fillRect 20 0 1 200');
});

test('nothing is drawn where there is nothing', () => {
  const { picture, calls } = recordPicture(640, 200);
  drawOverviewLayer(picture, {
    frameCount: 600,
    loop: undefined,
    isLooping: false,
    flagFrames: [],
    hoverX: undefined,
  });
  expect(calls).toEqual([]);
});
