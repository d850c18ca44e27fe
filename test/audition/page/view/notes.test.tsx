import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Notes } from '../../../../src/audition/page/view/notes.tsx';
import { createFakeAudition } from '../fakes.ts';

const note = {
  id: 'a',
  timeSec: 62.5,
  sourceId: 'stereo',
  text: 'Snare <too> loud',
  createdAt: '2026-01-01',
};

test('notes show time, text and source, and that they are saved', async () => {
  const html = renderToString(<Notes audition={await createFakeAudition({ notes: [note] })} />);
  expect(html).toContain('1:02.5');
  expect(html).toContain('Snare &lt;too> loud');
  expect(html).toContain('<span class="note-source">Stereo</span>');
  expect(html).toContain('Saved');
  expect(html).toContain('aria-label="Delete note at 1:02.5"');
});

test('a new note has its field; without notes it is said how to write one', async () => {
  const audition = await createFakeAudition();
  expect(renderToString(<Notes audition={audition} />)).toContain('Press N');
  audition.draft.value = { timeSec: 3, sourceId: 'binaural' };
  expect(renderToString(<Notes audition={audition} />)).toContain(
    'aria-label="New note at 0:03.0 on Binaural"',
  );
});

test('what could not be saved is said, and can be tried again', async () => {
  const audition = await createFakeAudition({ save: () => Promise.reject(new Error('The disk is full.')) });
  audition.notes.add(note);
  await audition.notes.flush();
  const html = renderToString(<Notes audition={audition} />);
  expect(html).toContain('Not saved: The disk is full.');
  expect(html).toContain('Try again');
});
