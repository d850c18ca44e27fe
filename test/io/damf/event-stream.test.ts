import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDamfEvents } from '../../../src/io/damf/event-stream.ts';
import { openInputFile } from '../../../src/io/input-file.ts';
import { jobFolder } from '../../job/scenes.ts';

const file = join(jobFolder(), 'a.metadata');

async function read(text: string) {
  writeFileSync(file, text);
  const input = await openInputFile(file);
  const events: unknown[] = [];
  try {
    const { header, eventCount } = await readDamfEvents(
      input,
      ({ line, keys, values }) =>
        void events.push([line, Object.fromEntries(keys.map((key, index) => [key, values[index]]))]),
    );
    return { events, header: Object.fromEntries(header), eventCount };
  } finally {
    await input.close();
  }
}

test('events with their lines, quotes, comments, markers and both line ends', async () => {
  const text = [
    '%YAML 1.2',
    '---',
    '# made by hand',
    'sampleRate: 48000',
    'events:',
    '  - ID: 10 # lead',
    "    name: 'a # b: c'",
    '',
    '    binauralRenderMode: off',
    '  -',
    '    gain: -inf',
    'after: "x"',
    '...',
  ].join('\r\n');
  expect(await read(text)).toEqual({
    events: [
      [6, { ID: '10', name: 'a # b: c', binauralRenderMode: 'off' }],
      [10, { gain: '-inf' }],
    ],
    header: { sampleRate: '48000', after: 'x' },
    eventCount: 2,
  });
});

test('lists in lines of their own, and dashes without indentation, as other YAML writers have them', async () => {
  const { events } = await read('events:\n- ID: 1\n  pos:\n  - 0.5\n  - -1\n  - 0\n  snap: true\n- ID: 2\n');
  expect(events).toEqual([
    [2, { ID: '1', pos: '[0.5, -1, 0]', snap: 'true' }],
    [8, { ID: '2' }],
  ]);
});

test('no events', async () => {
  expect(await read('sampleRate: 48000\nevents: []\n')).toMatchObject({ events: [], eventCount: 0 });
});

test('an event in each of many pieces, with characters of several bytes where they meet', async () => {
  const count = 40_000;
  const lines = Array.from(
    { length: count },
    (_, index) => `  - ID: ${index}\n    name: ${'ä€'.repeat(index % 7)}x\n`,
  );
  const { events, eventCount } = await read(`sampleRate: 48000\nevents:\n${lines.join('')}`);
  expect(eventCount).toBe(count);
  expect(
    events.every(
      (event, index) =>
        JSON.stringify(event) ===
        JSON.stringify([3 + 2 * index, { ID: String(index), name: `${'ä€'.repeat(index % 7)}x` }]),
    ),
  ).toBe(true);
});

test.each([
  ['events: 3', 1],
  ['events:\n  - ID 3', 2],
  ['events:\n  - ID: 3\n\tpos: x', 3],
  ['events:\n  - ID: 3\n - ID: 4', 3],
  ['events:\n  - ID: 3\n    pos: 1\n      - 2', 4],
])('what is not of this form is told with its line', async (text, line) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'damf-syntax',
    message: expect.stringContaining(`a.metadata:${line}: `),
  });
});

test('a line longer than all that is read at once', async () => {
  await expect(read(`events:\n  - ID: ${'3'.repeat(2 ** 20)}\n`)).rejects.toMatchObject({
    code: 'damf-syntax',
    message: expect.stringContaining('is longer than'),
  });
});
