import { expect, test, vi } from 'vitest';
import { SpacePainter } from '../../../../../src/audition/page/scene-view/space/space-painter.ts';
import { recordingContext } from '../fixtures.ts';

test('without WebGL it says so at once, so that the view can', () => {
  const canvas = {
    addEventListener: () => {},
    removeEventListener: () => {},
    getContext: () => null,
    setAttribute: () => {},
  } as unknown as HTMLCanvasElement;
  const names = { getContext: () => recordingContext().context } as unknown as HTMLCanvasElement;
  // three.js tells the console as well.
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(() => new SpacePainter(canvas, names, () => {})).toThrow(/WebGL/);
  told.mockRestore();
});
