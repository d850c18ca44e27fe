import { expect, test } from 'vitest';
import { createPause } from '../../../../src/audition/page/state/pause.ts';

test('others have their turn once time has passed, and not before', async () => {
  let nowMs = 0;
  const pause = createPause(() => nowMs);
  let isOthersTurn = false;
  const others = setTimeout(() => (isOthersTurn = true));
  await pause();
  expect(isOthersTurn).toBe(false);
  nowMs = 20;
  await pause();
  expect(isOthersTurn).toBe(true);
  clearTimeout(others);
});
