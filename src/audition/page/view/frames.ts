import { longestStepSec, pictures } from '../state/picture-clock.ts';

/** Calls back for every picture with the time since the last one, at most `longestStepSec`. @returns stops that */
export const onFrames = (callback: (elapsedSec: number) => void): (() => void) => {
  let lastMs: number | undefined;
  const frame = (nowMs: number): void => {
    const elapsedSec = lastMs === undefined ? 0 : Math.min(longestStepSec, (nowMs - lastMs) / 1000);
    lastMs = nowMs;
    cancel = pictures.next(frame);
    callback(elapsedSec);
  };
  let cancel = pictures.next(frame);
  return () => cancel();
};
