import { expect, test } from 'vitest';
import { drawOverview } from '../../../../src/audition/page/view/overview-draw.ts';
import type { OverviewDrawing } from '../../../../src/audition/page/view/overview-draw.ts';
import { fakeOverview, recordPicture } from '../fakes.ts';

const drawing: OverviewDrawing = {
  overview: fakeOverview(-16),
  frameCount: 48000 * 30,
  durationSec: 30,
  targetLufs: -16,
  curves: new Set(['short-term', 'target']),
};

test('times and levels are written, the curves that are wanted drawn', () => {
  const { picture, calls, texts } = recordPicture(640, 200);
  drawOverview(picture, drawing);
  expect(texts()).toEqual([
    '0:00',
    '0:05',
    '0:10',
    '0:15',
    '0:20',
    '0:25',
    '\u221218',
    '\u221224',
    '\u221230',
    '\u221236',
    '\u221242',
  ]);
  expect(calls).toContain('setLineDash 5,4');
  expect(calls).toContain('strokeStyle accent');
  expect(calls).not.toContain('strokeStyle text');
});

test('a curve stands at its level: -17 of -12 to -48 in 180 pixels below the ruler', () => {
  const { picture, calls } = recordPicture(640, 200);
  drawOverview(picture, { ...drawing, curves: new Set(['short-term']) });
  expect(calls).toContain('moveTo 60 45');
});

test('before anything is known there is a ruler', () => {
  const { picture, calls, texts } = recordPicture(640, 200);
  drawOverview(picture, { ...drawing, overview: undefined });
  expect(texts()).toContain('0:10');
  expect(calls).not.toContain('fillStyle wave');
});
