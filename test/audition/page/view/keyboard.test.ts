import { afterEach, expect, test, vi } from 'vitest';
import { listenToKeys } from '../../../../src/audition/page/view/keyboard.ts';
import { createFakeAudition } from '../fakes.ts';

class FakeElement {
  isBlurred = false;
  readonly selectors: readonly string[];
  constructor(selectors: readonly string[]) {
    this.selectors = selectors;
  }
  matches(selector: string): boolean {
    return selector.split(', ').some((part) => this.selectors.includes(part));
  }
  blur(): void {
    this.isBlurred = true;
  }
}

const stubDocument = (): EventTarget & { activeElement: FakeElement; body: FakeElement } => {
  const body = new FakeElement([]);
  const target = Object.assign(new EventTarget(), { activeElement: body, body, querySelector: () => null });
  vi.stubGlobal('document', target);
  vi.stubGlobal('HTMLElement', FakeElement);
  return target;
};

const press = (target: EventTarget, key: string): Event => {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key, shiftKey: false });
  target.dispatchEvent(event);
  return event;
};

afterEach(() => void vi.unstubAllGlobals());

test('keys act, and the browser does nothing else with them', async () => {
  const target = stubDocument();
  const audition = await createFakeAudition();
  const stop = listenToKeys(audition);
  expect(press(target, '2').defaultPrevented).toBe(true);
  expect(audition.heardId.value).toBe('stereo');
  expect(press(target, 'q').defaultPrevented).toBe(false);
  stop();
  press(target, '1');
  expect(audition.heardId.value).toBe('stereo');
});

test('text is left alone, and so are the keys of a control that was reached by keyboard', async () => {
  const target = stubDocument();
  const audition = await createFakeAudition();
  listenToKeys(audition);
  target.activeElement = new FakeElement(['textarea']);
  press(target, '2');
  expect(audition.heardId.value).toBe('binaural');
  target.activeElement = new FakeElement([':focus-visible']);
  expect(press(target, ' ').defaultPrevented).toBe(false);
  press(target, '2');
  expect(audition.heardId.value).toBe('stereo');
});

test('what was clicked gives the focus back; Escape does too', async () => {
  const target = stubDocument();
  listenToKeys(await createFakeAudition());
  target.activeElement = new FakeElement(['button']);
  target.dispatchEvent(new Event('pointerup'));
  expect(target.activeElement.isBlurred).toBe(true);
  target.activeElement = new FakeElement([':focus-visible']);
  press(target, 'Escape');
  expect(target.activeElement.isBlurred).toBe(true);
});
