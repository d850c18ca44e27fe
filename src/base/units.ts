/** Converts a level in decibels to a linear amplitude gain; -Infinity gives 0. */
export const dbToGain = (levelDb: number): number => 10 ** (levelDb / 20);

/** Converts a linear amplitude (its sign is ignored) to decibels; 0 gives -Infinity. */
export const gainToDb = (gain: number): number => 20 * Math.log10(Math.abs(gain));

/** Converts a linear power (not negative) to decibels; 0 gives -Infinity. */
export const powerToDb = (power: number): number => 10 * Math.log10(power);

/** Converts degrees to radians. */
export const degToRad = (angleDeg: number): number => (angleDeg * Math.PI) / 180;

/** Converts radians to degrees. */
export const radToDeg = (angleRad: number): number => (angleRad * 180) / Math.PI;
