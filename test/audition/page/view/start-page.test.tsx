import { afterEach, expect, test, vi } from 'vitest';
import { startPage } from '../../../../src/audition/page/view/start-page.tsx';
import { createFakeEngine } from '../fakes.ts';

afterEach(() => void vi.unstubAllGlobals());

test('the page needs a place in a document', () => {
  vi.stubGlobal('window', undefined);
  expect(() =>
    startPage({} as HTMLElement, createFakeEngine(), () => new Promise(() => undefined)),
  ).toThrow();
});
