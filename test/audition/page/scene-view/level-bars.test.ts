import { expect, test } from 'vitest';
import { LevelBars } from '../../../../src/audition/page/scene-view/level-bars.ts';

test('bars are as long as their levels, and set only when those change', () => {
  const bars = new LevelBars();
  const written: string[] = [];
  const style = {
    set transform(value: string) {
      written.push(value);
    },
  };
  bars.attach(0, { style } as unknown as HTMLElement);
  bars.paint({ elementLevelDb: () => -30 });
  bars.paint({ elementLevelDb: () => -30.01 });
  bars.paint({ elementLevelDb: () => -80 });
  expect(written).toEqual(['scaleX(0.5)', 'scaleX(0)']);
  bars.attach(0, null);
  bars.paint({ elementLevelDb: () => 0 });
  expect(written).toHaveLength(2);
});
