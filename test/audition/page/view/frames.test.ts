import { afterEach, expect, test, vi } from 'vitest';
import { pictures } from '../../../../src/audition/page/state/picture-clock.ts';
import { onFrames } from '../../../../src/audition/page/view/frames.ts';

afterEach(() => void vi.restoreAllMocks());

test('each picture gets the time since the last, a long pause counts little, and it can be stopped', () => {
  let next: ((nowMs: number) => void) | undefined;
  const cancel = vi.fn();
  vi.spyOn(pictures, 'next').mockImplementation((callback) => ((next = callback), cancel));
  const elapsed: number[] = [];
  const stop = onFrames((sec) => elapsed.push(sec));
  for (const nowMs of [1000, 1016, 9000]) next!(nowMs);
  expect(elapsed).toEqual([0, 0.016, 0.25]);
  stop();
  expect(cancel).toHaveBeenCalledOnce();
});
