import { expect, test } from 'vitest';
import { defaultScreen } from '../../src/layouts/screen.ts';

test('the default screen is the 58 degrees of BS.2127-1 clause 5.4', () => {
  expect(defaultScreen).toMatchObject({ kind: 'polar', widthAzimuthDeg: 58, aspectRatio: 1.78 });
});
