import { expect, test } from 'vitest';
import { albumText } from '../../src/cli/album-text.ts';

test('how loud an album is, and how that was measured', () => {
  const album = { sceneCount: 2, measured: 'together', integratedLufs: -16.049, maxReductionDb: 1 } as const;
  expect(albumText('adm', album)).toBe('adm: album of 2 scenes, together -16.05 LUFS');
  expect(albumText('stereo', { ...album, measured: 'loudest', integratedLufs: -14 })).toBe(
    'stereo: album of 2 scenes, the loudest -14.00 LUFS',
  );
});
