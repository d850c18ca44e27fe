import renderToString from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { ElementsList, rowCommand } from '../../../../src/audition/page/scene-view/elements-list.tsx';
import { LevelBars } from '../../../../src/audition/page/scene-view/level-bars.ts';
import { smallScene } from './fixtures.ts';

const open = { isMuted: false, isSolo: false };
const listOf = (more: { reason?: string; switches?: (typeof open)[]; selected?: number } = {}) =>
  renderToString(
    <ElementsList
      scene={smallScene()}
      beds={[{ elementIndex: 0, layout: '5.1', speakers: [] }]}
      switches={more.switches ?? [open, open, open, open]}
      selected={more.selected}
      reason={more.reason}
      bars={new LevelBars()}
      onSwitch={() => {}}
      onSelect={() => {}}
      onHover={() => {}}
    />,
  );

test('every element has its name, kind, mute and solo', () => {
  const html = listOf();
  for (const name of ['bed', 'mover', 'short', 'wide']) {
    expect(html).toContain(`aria-label="Mute ${name}"`);
    expect(html).toContain(`aria-label="Solo ${name}"`);
  }
  expect(html).toContain('bed 5.1');
  expect(html.match(/aria-pressed="true"/g)).toBeNull();
});

test('switches and selection are told, and what is shut out is marked', () => {
  const html = listOf({ switches: [open, { ...open, isSolo: true }, open, open], selected: 2 });
  expect(html).toMatch(
    /aria-pressed="true"[^>]*aria-label="Solo mover"|aria-label="Solo mover"[^>]*aria-pressed="true"/,
  );
  expect(html.match(/is-out/g)).toHaveLength(3);
  expect(html.match(/is-selected/g)).toHaveLength(1);
});

test('where nothing can be switched, the reason is given and buttons are off', () => {
  const html = listOf({ reason: 'Not now' });
  expect(html).toContain('Not now');
  expect(html.match(/<button[^>]* disabled/g)).toHaveLength(4 * 2 + 2);
});

test('one row at a time is in the order of the Tab key', () => {
  expect(listOf().match(/tabindex="0"/gi)).toHaveLength(3);
});

test('arrows go through rows and buttons and stay inside', () => {
  expect(rowCommand('ArrowDown', 0, 1, 4)).toEqual({ kind: 'focus', row: 1, column: 1 });
  expect(rowCommand('ArrowUp', 0, 1, 4)).toEqual({ kind: 'focus', row: 0, column: 1 });
  expect(rowCommand('ArrowRight', 2, 2, 4)).toEqual({ kind: 'focus', row: 2, column: 2 });
  expect(rowCommand('ArrowLeft', 2, 2, 4)).toEqual({ kind: 'focus', row: 2, column: 1 });
  expect(rowCommand('End', 0, 0, 119)).toEqual({ kind: 'focus', row: 118, column: 0 });
  expect(rowCommand('PageDown', 0, 0, 4)).toEqual({ kind: 'focus', row: 3, column: 0 });
  expect(rowCommand('Home', 3, 0, 4)).toEqual({ kind: 'focus', row: 0, column: 0 });
  expect(rowCommand('PageUp', 9, 0, 10)).toEqual({ kind: 'focus', row: 1, column: 0 });
});

test('M and S switch, Escape selects nothing, other keys are left to the page', () => {
  expect(rowCommand('m', 1, 0, 4)).toEqual({ kind: 'switch', which: 'isMuted' });
  expect(rowCommand('S', 1, 0, 4)).toEqual({ kind: 'switch', which: 'isSolo' });
  expect(rowCommand('Escape', 1, 0, 4)).toEqual({ kind: 'unselect' });
  expect(rowCommand(' ', 1, 0, 4)).toBeUndefined();
});
