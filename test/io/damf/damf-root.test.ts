import { expect, test } from 'vitest';
import { parseDamfRoot } from '../../../src/io/damf/damf-root.ts';
import { rootText } from './open-damf.ts';

const parse = (text: string) => parseDamfRoot(text, 'a.atmos', () => {});

test('names, beds, objects, and all that a scene has no place for', () => {
  const root = parse(`owner: me\n${rootText(['creationTool: x', 'roomWidth: 3'])}`);
  expect(root).toMatchObject({
    version: '0.5.1',
    metadata: 'mix.atmos.metadata',
    audio: 'mix.atmos.audio',
    offsetSec: 0,
    beds: [{ channels: [{ name: 'LFE', id: 3 }] }],
    objects: [{ id: 10 }, { id: 11, description: 'lead' }],
    others: { owner: 'me' },
    presentationOthers: { type: 'home', simplified: false, creationTool: 'x', roomWidth: 3 },
  });
});

test('in version 0.3 a bed ends where a channel comes again', () => {
  const channel = (bed: string, id: number) => [`  - name: BED ${bed}`, `    bed: ${bed}`, `    ID: ${id}`];
  const { beds, objects } = parse(
    rootText(
      [],
      ['channels:', ...channel('L', 0), ...channel('R', 1), ...channel('L', 10), '  - name: o', '    ID: 20'],
    ),
  );
  expect(beds.map(({ channels }) => channels.map(({ name }) => name).join(' '))).toEqual(['L R', 'L']);
  expect(objects).toMatchObject([{ description: 'o', id: 20 }]);
});

test('names that look like numbers are texts, and an empty bed is none', () => {
  const { beds, objects } = parse(
    rootText([], ['bedInstances:', '  - channels: []', 'objects:', '  - description: 12', '    ID: 10']),
  );
  expect([beds, objects[0]!.description]).toEqual([[], '12']);
});
