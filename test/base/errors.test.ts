import { expect, test } from 'vitest';
import { AbortedError, FormatError, PeriphonError, SceneError } from '../../src/base/errors.ts';

test('an error carries its code, place and hint', () => {
  const cause = new Error('below');
  const error = new FormatError('wav-truncated', 'too short', {
    file: 'a.wav',
    byteOffset: 12,
    chunk: 'data',
    hint: 'copy it again',
    cause,
  });
  expect(error).toBeInstanceOf(PeriphonError);
  expect(error).toMatchObject({
    name: 'FormatError',
    code: 'wav-truncated',
    file: 'a.wav',
    byteOffset: 12,
    chunk: 'data',
    hint: 'copy it again',
    cause,
  });
});

test('a scene error holds all its issues', () => {
  const issues = [{ code: 'range', path: 'objects[0].gainDb', message: 'found 99, allowed -120 to 24' }];
  expect(new SceneError('scene-invalid', 'one fault', { issues }).issues).toBe(issues);
  expect(new SceneError('scene-invalid', 'no list').issues).toEqual([]);
});

test('an aborted job says so', () => {
  expect(new AbortedError().code).toBe('aborted');
});
