/** Calls back for every picture of the screen with the time since the last one, at most 0.1 s. @returns stops that */
export const onFrames = (callback: (elapsedSec: number) => void): (() => void) => {
  let handle = 0;
  let lastMs: number | undefined;
  const frame = (nowMs: number): void => {
    const elapsedSec = lastMs === undefined ? 0 : Math.min(0.1, (nowMs - lastMs) / 1000);
    lastMs = nowMs;
    callback(elapsedSec);
    handle = requestAnimationFrame(frame);
  };
  handle = requestAnimationFrame(frame);
  return () => cancelAnimationFrame(handle);
};
