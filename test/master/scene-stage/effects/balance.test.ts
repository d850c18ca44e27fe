import { expect, test } from 'vitest';
import { balanceEffect } from '../../../../src/master/scene-stage/effects/balance.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { elementDefaults } from '../../../../src/scene/make-scene.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../../../render/binaural/scenes.ts';
import { effectContext, runEffect } from '../effect-support.ts';

test('front, surround and height have their dB, what is between them a mean; the LFE and ambisonics stay', async () => {
  const scene = sceneOf(bedOf(['M+030', 'M+090', 'U+045', 'LFE1']), objectOf([blockAt(75, 22.5)]), {
    ...elementDefaults,
    id: 'hoa',
    name: 'Hall',
    kind: 'ambisonic',
    order: 1,
    normalization: 'SN3D',
  });
  const group = constantMembers(new Map([0, 1, 2, 4, 5, 6, 7, 8].map((track) => [track, 1])));
  const context = await effectContext({ scene, group, amount: 0.5 });
  const ones = Array.from({ length: 9 }, () => new Float32Array(10).fill(1));
  const outputs = runEffect(
    balanceEffect.create({ frontDb: 2, surroundDb: -6, heightDb: 12 }, context),
    ones,
  );
  const levelsDb = outputs.map((samples) => 20 * Math.log10(samples[5]!));
  // Half of height, a quarter of front and of surround.
  const expectedDb = [2, -6, 12, 0, 6 + 0.5 - 1.5, 0, 0, 0, 0].map((db, track) => (track === 3 ? 0 : db / 2));
  for (const [track, db] of expectedDb.entries())
    expect(levelsDb[track], `track ${track}`).toBeCloseTo(db, 5);
});
