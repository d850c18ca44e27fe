import { afterEach, expect, test, vi } from 'vitest';
import type { HeadOrientation } from '../../../../src/audition/page/engine/engine.ts';
import { createHeadMotion, hasHeadMotion } from '../../../../src/audition/page/view/head-motion.ts';

const stubDevice = (permission?: 'granted' | 'denied'): EventTarget => {
  const target = new EventTarget();
  const event = permission ? { requestPermission: async () => permission } : {};
  vi.stubGlobal('DeviceOrientationEvent', event);
  vi.stubGlobal(
    'window',
    Object.assign(target, { isSecureContext: true, matchMedia: () => ({ matches: true }) }),
  );
  vi.stubGlobal('screen', { orientation: { angle: 0 } });
  return target;
};

const turn = (target: EventTarget, alpha: number): void => {
  target.dispatchEvent(Object.assign(new Event('deviceorientation'), { alpha, beta: 90, gamma: 0 }));
};

afterEach(() => void vi.unstubAllGlobals());

test('where the device points at first is straight ahead', async () => {
  const target = stubDevice();
  expect(hasHeadMotion()).toBe(true);
  const heads: HeadOrientation[] = [];
  const motion = createHeadMotion((head) => heads.push(head));
  expect(await motion.start()).toBe(true);
  turn(target, 100);
  turn(target, 130);
  motion.stop();
  turn(target, 200);
  expect(heads.map(({ yawDeg }) => Math.round(yawDeg) + 0)).toEqual([0, 30]);
});

test('without permission nothing is listened to', async () => {
  const target = stubDevice('denied');
  const heads: HeadOrientation[] = [];
  expect(await createHeadMotion((head) => heads.push(head)).start()).toBe(false);
  turn(target, 100);
  expect(heads).toEqual([]);
});

test('a desk does not turn', () => {
  vi.stubGlobal('DeviceOrientationEvent', undefined);
  expect(hasHeadMotion()).toBe(false);
});
