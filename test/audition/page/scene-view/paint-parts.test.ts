import { expect, test } from 'vitest';
import { paintGlow, planFont } from '../../../../src/audition/page/scene-view/paint-parts.ts';
import { recordingContext } from './fixtures.ts';

test('fonts have weight and size', () => {
  expect(planFont(11, 600)).toMatch(/^600 11px /);
});

test('a glow fills a disc, and nothing where it is dark', () => {
  const bright = recordingContext();
  paintGlow(bright.context, 5, 6, 10, 'rgb(1, 2, 3)', 0.5);
  expect(bright.of('arc')).toEqual([[5, 6, 10, 0, 2 * Math.PI]]);
  expect(bright.of('set globalAlpha')).toEqual([[0.5], [1]]);
  const dark = recordingContext();
  paintGlow(dark.context, 5, 6, 10, 'rgb(1, 2, 3)', 0);
  expect(dark.calls).toEqual([]);
});
