import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { Page } from '../../../../src/audition/page/view/page.tsx';
import { createFakeAudition, createFakeEngine, fakeSession, readyOverviews } from '../fakes.ts';

const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => void vi.stubGlobal('DeviceOrientationEvent', undefined));
afterEach(() => void vi.unstubAllGlobals());

test('everything has its landmark, and what is heard is announced', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  await audition.engine.play();
  const html = renderToString(<Page audition={audition} loadSceneView={never} />);
  for (const name of ['Transport', 'Overview', 'Sources', 'Compare', 'Scene', 'Head', 'Meters']) {
    expect(html).toContain(`aria-label="${name}"`);
  }
  expect(html).toContain('Playing Binaural');
  expect(html).not.toContain('style=');
});

test('only what exists is shown', async () => {
  const session = fakeSession();
  const engine = createFakeEngine({
    ...session,
    sources: session.sources.slice(0, 2),
    checks: [],
    hrtfs: [],
  });
  const html = renderToString(<Page audition={await createFakeAudition({ engine })} loadSceneView={never} />);
  expect(html).not.toContain('aria-label="Scene"');
  expect(html).not.toContain('aria-label="Head"');
  expect(html).toContain('aria-label="Meters"');
});

test('one source alone has nothing to be compared with', async () => {
  const session = fakeSession();
  const engine = createFakeEngine({ ...session, sources: session.sources.slice(0, 1) });
  const html = renderToString(<Page audition={await createFakeAudition({ engine })} loadSceneView={never} />);
  expect(html).toContain('aria-label="Sources"');
  expect(html).not.toContain('aria-label="Compare"');
  expect(html).not.toContain('Slots of');
});

test('nothing on the page tells what X is', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  const pages = [0, 0.9].map((number) => {
    audition.blind.value = { ...startBlindTest('binaural', 'ambix3', () => number), heard: 'x' };
    return renderToString(<Page audition={audition} loadSceneView={never} />);
  });
  expect(pages[0]).toBe(pages[1]);
  expect(pages[0]).toContain('Paused, X');
});
