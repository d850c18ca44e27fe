import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { ScenePanel } from '../../../../src/audition/page/view/scene-panel.tsx';
import { createFakeAudition } from '../fakes.ts';

test('the place of the scene view says that it is coming', async () => {
  const html = renderToString(
    <ScenePanel audition={await createFakeAudition()} load={() => new Promise(() => undefined)} />,
  );
  expect(html).toContain('aria-label="Scene"');
  expect(html).toContain('Loading');
});
