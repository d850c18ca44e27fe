import { afterEach, expect, test, vi } from 'vitest';
import { onFrames } from '../../../../src/audition/page/view/frames.ts';

afterEach(() => void vi.unstubAllGlobals());

test('each picture gets the time since the last, a long pause counts little, and it can be stopped', () => {
  let next: ((nowMs: number) => void) | undefined;
  vi.stubGlobal('requestAnimationFrame', (callback: (nowMs: number) => void) => ((next = callback), 7));
  const cancel = vi.fn();
  vi.stubGlobal('cancelAnimationFrame', cancel);
  const elapsed: number[] = [];
  const stop = onFrames((sec) => elapsed.push(sec));
  for (const nowMs of [1000, 1016, 9000]) next!(nowMs);
  expect(elapsed).toEqual([0, 0.016, 0.1]);
  stop();
  expect(cancel).toHaveBeenCalledWith(7);
});
