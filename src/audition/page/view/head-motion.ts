import type { HeadOrientation } from '../engine/engine.ts';
import { headOfDevice } from '../state/head-orientation.ts';

/** Turns the head as the device turns. */
export interface HeadMotion {
  /** Asks for permission where the system wants that. @returns whether the device may be listened to */
  start(): Promise<boolean>;
  stop(): void;
}

type Permission = { requestPermission?: () => Promise<'granted' | 'denied'> };

/** Whether this device could know how it is held: one that is touched, as computers on a desk do not turn. */
export const hasHeadMotion = (): boolean =>
  typeof DeviceOrientationEvent !== 'undefined' &&
  window.isSecureContext &&
  window.matchMedia('(pointer: coarse)').matches;

/** Listens to the device; where it points at first is straight ahead. */
export const createHeadMotion = (setHead: (head: HeadOrientation) => void): HeadMotion => {
  let referenceAlphaDeg: number | undefined;
  const listen = ({ alpha, beta, gamma }: DeviceOrientationEvent): void => {
    if (alpha === null || beta === null || gamma === null) return;
    const screenDeg = screen.orientation?.angle ?? 0;
    referenceAlphaDeg ??= headOfDevice(alpha, beta, gamma, 0, screenDeg).yawDeg;
    setHead(headOfDevice(alpha, beta, gamma, referenceAlphaDeg, screenDeg));
  };
  return {
    async start() {
      const { requestPermission } = DeviceOrientationEvent as unknown as Permission;
      if (
        requestPermission &&
        (await requestPermission.call(DeviceOrientationEvent).catch(() => 'denied')) !== 'granted'
      ) {
        return false;
      }
      referenceAlphaDeg = undefined;
      window.addEventListener('deviceorientation', listen);
      return true;
    },
    stop() {
      window.removeEventListener('deviceorientation', listen);
    },
  };
};
