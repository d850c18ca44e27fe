import nodePath from 'node:path';
import { expect, test } from 'vitest';
import { relativePath } from '../../src/job/relative-path.ts';

test('paths are relative to the folder, with forward slashes on every system', () => {
  expect(relativePath('out', 'out/song.stems/voice.wav')).toBe('song.stems/voice.wav');
  expect(relativePath('/a/out', '/a/stems/voice.wav')).toBe('../stems/voice.wav');
  const { win32 } = nodePath;
  expect(relativePath('C:\\mix\\out', 'C:\\mix\\out\\song.stems\\voice.wav', win32)).toBe(
    'song.stems/voice.wav',
  );
  expect(relativePath('C:\\mix\\out', 'C:\\mix\\stems\\voice.wav', win32)).toBe('../stems/voice.wav');
  // Another drive has no relative path.
  expect(relativePath('C:\\out', 'D:\\stems\\voice.wav', win32)).toBe('D:/stems/voice.wav');
});
