import renderToString from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { PlanStage, SpaceStage } from '../../../../src/audition/page/scene-view/stage.tsx';

const nothing = { onPainter: () => {}, onHover: () => {}, onSelect: () => {}, onTurn: () => {} };

test('the plan is an image with words', () => {
  const html = renderToString(<PlanStage description="The room from above" {...nothing} />);
  expect(html).toContain('role="img"');
  expect(html).toContain('aria-label="The room from above"');
});

test('the 3-D view can be reached by keyboard, says its keys, and that it is loading', () => {
  const html = renderToString(<SpaceStage description="The room" {...nothing} />);
  expect(html).toMatch(/tabindex="0"/i);
  expect(html).toContain('arrow keys turn it');
  expect(html).toContain('Loading the 3-D view');
});
