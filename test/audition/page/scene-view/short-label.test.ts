import { expect, test } from 'vitest';
import { shortLabel } from '../../../../src/audition/page/scene-view/short-label.ts';
import { builtInLayouts } from '../../../../src/layouts/built-in.ts';

test('loudspeakers have the names of consoles, others keep theirs', () => {
  expect(
    ['M+030', 'M-030', 'M+000', 'LFE1', 'M-090', 'U+045', 'U-135', 'T+000', 'my own'].map(shortLabel),
  ).toEqual(['L', 'R', 'C', 'LFE', 'Rss', 'Ltf', 'Rtr', 'Top', 'my own']);
});

test('no two loudspeakers of a layout have the same short name', () => {
  for (const { name, loudspeakers } of builtInLayouts) {
    const names = loudspeakers.map(({ label }) => shortLabel(label));
    expect(new Set(names).size, `${name}: ${names.join(' ')}`).toBe(names.length);
  }
});
