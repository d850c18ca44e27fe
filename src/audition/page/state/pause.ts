/** Longest time for which work holds the page's thread in one go. */
const turnMs = 8;

/** Makes what long work awaits between its steps: it lets others have their turn once its own is over. */
export function createPause(nowMs: () => number = () => performance.now()): () => Promise<void> {
  let endMs = nowMs() + turnMs;
  return async () => {
    if (nowMs() < endMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    endMs = nowMs() + turnMs;
  };
}
