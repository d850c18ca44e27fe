import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { explainLoudspeakers } from '../../../src/render/explain/explain-loudspeakers.ts';
import { trimScene } from '../../../src/render/trim/trim-scene.ts';
import { createScene, elementDefaults } from '../../../src/scene/make-scene.ts';

test('outputs come loudest first, and faint ones are left out', () => {
  const channels = ['U+045', 'M+180'].map((label) => ({
    label,
    position: undefined,
    isLfe: false,
    gainDb: 0,
  }));
  const bed = { ...elementDefaults, kind: 'bed', id: 'b', name: 'b', layout: undefined, channels } as const;
  const [own, rear] = explainLoudspeakers({
    trimmed: trimScene(createScene('s', [bed]), getLayout('4+7+0')),
    layout: getLayout('4+7+0'),
  });
  expect(own!.outputs).toEqual([{ label: 'U+045', gainDb: 0 }]);
  expect(rear).toMatchObject({
    rule: 'mapping rule (BS.2127 8.4)',
    outputs: [{ label: 'M+135' }, { label: 'M-135' }],
  });
  expect(rear!.mostLevelDb).toBeCloseTo(0, 9);
});
