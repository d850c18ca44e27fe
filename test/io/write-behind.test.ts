import { expect, test } from 'vitest';
import { createWriteBehind } from '../../src/io/write-behind.ts';

test('one write is under way at a time, and settle waits for the last', async () => {
  const log: string[] = [];
  let release: (() => void) | undefined;
  const behind = createWriteBehind(async (bytes, position) => {
    log.push(`start ${bytes.length} at ${position}`);
    await new Promise<void>((resolve) => (release = resolve));
    log.push(`end ${position}`);
  });
  await behind.push(new Uint8Array(3), 0);
  expect(log).toEqual(['start 3 at 0']);
  const second = behind.push(new Uint8Array(2), 3);
  await Promise.resolve();
  expect(log).toEqual(['start 3 at 0']);
  release!();
  await second;
  expect(log).toEqual(['start 3 at 0', 'end 0', 'start 2 at 3']);
  release!();
  await behind.settle();
  expect(log.at(-1)).toBe('end 3');
});

test('a failure is told by the next call', async () => {
  const behind = createWriteBehind(() => Promise.reject(new Error('disk full')));
  await behind.push(new Uint8Array(1), 0);
  await expect(behind.push(new Uint8Array(1), 1)).rejects.toThrow('disk full');
  await expect(behind.settle()).rejects.toThrow('disk full');
});
