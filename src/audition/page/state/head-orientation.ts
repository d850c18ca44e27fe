import type { HeadOrientation } from '../engine/engine.ts';

/** Head straight. */
export const straightHead: HeadOrientation = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };

/** An angle in -180..180. */
export const wrapDeg = (angleDeg: number): number => {
  const wrapped = ((((angleDeg + 180) % 360) + 360) % 360) - 180;
  return wrapped === -180 && angleDeg > 0 ? 180 : wrapped;
};

const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/** The head turned by some degrees: yaw goes round, pitch ends straight up and down, roll at 90. */
export const turnHead = (head: HeadOrientation, by: Partial<HeadOrientation>): HeadOrientation => ({
  yawDeg: wrapDeg(head.yawDeg + (by.yawDeg ?? 0)),
  pitchDeg: clamp(head.pitchDeg + (by.pitchDeg ?? 0), 90),
  rollDeg: clamp(head.rollDeg + (by.rollDeg ?? 0), 90),
});

type Matrix = readonly [readonly number[], readonly number[], readonly number[]];

const radians = Math.PI / 180;

/**
 * Rotation of a head, x right, y front, z up: roll first, then pitch, yaw last; yaw to the left, pitch up, roll to the
 * right, all positive. Columns are where its right, front and top point.
 */
export const headMatrix = ({ yawDeg, pitchDeg, rollDeg }: HeadOrientation): Matrix => {
  const [cy, sy] = [Math.cos(yawDeg * radians), Math.sin(yawDeg * radians)];
  const [cp, sp] = [Math.cos(pitchDeg * radians), Math.sin(pitchDeg * radians)];
  const [cr, sr] = [Math.cos(rollDeg * radians), Math.sin(rollDeg * radians)];
  return [
    [cy * cr - sy * sp * sr, -sy * cp, cy * sr + sy * sp * cr],
    [sy * cr + cy * sp * sr, cy * cp, sy * sr - cy * sp * cr],
    [-cp * sr, sp, cp * cr],
  ];
};

/**
 * Orientation of a device that is worn or held upright, from its DeviceOrientationEvent (W3C: Z-X'-Y'' by alpha, beta,
 * gamma; x to the right of its natural screen, y to its top, z out of it). Its back is the front of the head.
 *
 * @param referenceAlphaDeg alpha at which the head is straight
 * @param screenDeg how far the picture is turned on the device (ScreenOrientation.angle)
 */
export const headOfDevice = (
  alphaDeg: number,
  betaDeg: number,
  gammaDeg: number,
  referenceAlphaDeg: number,
  screenDeg: number,
): HeadOrientation => {
  const turnedDeg = alphaDeg - referenceAlphaDeg;
  const [ca, sa] = [Math.cos(turnedDeg * radians), Math.sin(turnedDeg * radians)];
  const [cb, sb] = [Math.cos(betaDeg * radians), Math.sin(betaDeg * radians)];
  const [cg, sg] = [Math.cos(gammaDeg * radians), Math.sin(gammaDeg * radians)];
  // R = Z(alpha) X(beta) Y(gamma); front is -z of the device, its right is x.
  const front = [-(ca * sg + sa * sb * cg), -(sa * sg - ca * sb * cg), -(cb * cg)];
  const [rightZ, topZ] = [-cb * sg, sb];
  return {
    yawDeg: Math.atan2(-front[0]!, front[1]!) / radians,
    pitchDeg: Math.asin(Math.min(1, Math.max(-1, front[2]!))) / radians,
    rollDeg: clamp(wrapDeg(Math.atan2(-rightZ, topZ) / radians + screenDeg), 90),
  };
};
