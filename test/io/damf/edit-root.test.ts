import { expect, test } from 'vitest';
import { deliveryKeys } from '../../../src/io/damf/damf-delivery.ts';
import { parseDamfRoot } from '../../../src/io/damf/damf-root.ts';
import { editDamfRoot, type DamfRootEdits } from '../../../src/io/damf/edit-root.ts';
import { rootText } from './open-damf.ts';

const text = `# made by hand\n${rootText(['fps: 24 # of the film', 'newKey: [1, 2]', 'warpMode: normal'])}`;
const read = (from: string) => parseDamfRoot(from, 'a.atmos', () => undefined);
const edited = (edits: Partial<DamfRootEdits>, from = text): string =>
  editDamfRoot(from, 'a.atmos', read(from).offsetSec, {
    metadata: read(from).metadata,
    audio: read(from).audio,
    delivery: read(from).delivery,
    keys: new Set(),
    bedNames: new Map(),
    objectNames: new Map(),
    ...edits,
  });

test('what is not set stays letter by letter', () => {
  expect(edited({})).toBe(text);
  expect(edited({ keys: new Set(deliveryKeys) })).toBe(text);
});

test('values change in their place, with the comment at them', () => {
  const { delivery } = read(text);
  const made = edited({
    metadata: 'b.atmos.metadata',
    delivery: { ...delivery, frameRate: '29.97df', warpMode: undefined, firstFrameOfActionSec: 2 },
    keys: new Set(['fps', 'warpMode', 'ffoa']),
    objectNames: new Map([[11, 'No']]),
  });
  expect(made.split('\n').filter((line) => !text.split('\n').includes(line))).toEqual([
    '    metadata: b.atmos.metadata',
    '    fps: 29.97df # of the film',
    '      - description: "No"',
    '    ffoa: 2.0',
  ]);
  expect(made).not.toContain('warpMode');
  expect(read(made).objects[1]).toMatchObject({ id: 11, description: 'No' });
});

test('names of beds go by their place, and are made where there were none', () => {
  const made = read(edited({ bedNames: new Map([[0, 'Music']]), objectNames: new Map([[10, 'a: b']]) }));
  expect(made.beds[0]!.description).toBe('Music');
  expect(made.objects.map(({ description }) => description)).toEqual(['a: b', 'lead']);
});

test('version 0.3 has no lists of beds and objects', () => {
  const old = rootText([], ['channels:', '  - name: a', '    ID: 10']);
  expect(() => edited({ objectNames: new Map([[10, 'b']]) }, old)).toThrow(/no list "objects"/);
});
