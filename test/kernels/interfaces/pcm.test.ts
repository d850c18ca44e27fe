import { expect, test } from 'vitest';
import { bytesPerSample } from '../../../src/kernels/interfaces/pcm.ts';

test('bytes of a sample follow the format names', () => {
  for (const [format, bytes] of Object.entries(bytesPerSample)) {
    expect(bytes * 8).toBe(Number(/\d+/.exec(format)![0]));
  }
});
