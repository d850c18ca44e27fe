import { expect, test } from 'vitest';
import { uniqueId } from '../../../src/audition/server/unique-id.ts';

test('is fit for a URL, and nobody else has it', () => {
  expect(uniqueId('7.1.4', [])).toBe('7.1.4');
  expect(uniqueId('My Söng / final!', [])).toBe('my-so-ng-final');
  expect(uniqueId('..', [])).toBe('source');
  expect(uniqueId('stereo', ['stereo', 'stereo-2'])).toBe('stereo-3');
});
