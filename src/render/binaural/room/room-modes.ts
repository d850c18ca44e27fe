import type { Vec3 } from '../../../base/coordinates.ts';
import type { BinauralMode } from '../../../scene/scene.ts';

/** Modes that sound in the room. */
export type RoomMode = Exclude<BinauralMode, 'off'>;

/** What a mode is. */
export interface RoomModeFacts {
  /** Distance of the source in the room, which sets the delays of its reflections. */
  readonly distanceMetres: number;
  /** Energy of the direct sound against all that the room adds, both ears together, for a source in front. */
  readonly directToReverberantDb: number;
  /** Delays of the six first reflections behind the direct sound, for a source in front. */
  readonly reflectionsMs: readonly number[];
}

/**
 * The modes, by figures of our own (no maker has published any). The room is a quiet listening room of about 105
 * cubic metres; ITU-R BS.1116-3 clause 8.2.3 asks for 0.25 s at its size, and allows 0.05 s more.
 */
export const roomModes: Readonly<Record<RoomMode, RoomModeFacts>> = Object.freeze({
  near: { distanceMetres: 0.8, directToReverberantDb: 12, reflectionsMs: [5, 6.7, 12.8, 14.2, 16.5, 20.4] },
  mid: { distanceMetres: 1.4, directToReverberantDb: 7, reflectionsMs: [4, 5.6, 9.3, 12.7, 15, 20.4] },
  far: { distanceMetres: 2.2, directToReverberantDb: 3, reflectionsMs: [3.1, 4.4, 4.7, 11.1, 13.3, 20.4] },
});

/** How long the room sounds: time to fall by 60 dB, at low and middle frequencies, and in the octave of 8 kHz. */
export const reverberation = Object.freeze({ lowSec: 0.3, highSec: 0.2, highHz: 8000 });

/** A wall of the room: where it lies from the listener, and what it sends back of a pressure. */
export interface Wall {
  /** Unit vector, ADM cartesian. */
  readonly normal: Vec3;
  readonly distanceMetres: number;
  readonly reflection: number;
}

/** The walls. No two distances are equal: reflections spread over time. */
export const walls: readonly Wall[] = Object.freeze([
  { normal: [1, 0, 0], distanceMetres: 3.2, reflection: 0.5 },
  { normal: [-1, 0, 0], distanceMetres: 2.8, reflection: 0.5 },
  { normal: [0, 1, 0], distanceMetres: 3, reflection: 0.5 },
  { normal: [0, -1, 0], distanceMetres: 3.5, reflection: 0.5 },
  { normal: [0, 0, 1], distanceMetres: 1.5, reflection: 0.5 },
  { normal: [0, 0, -1], distanceMetres: 1.2, reflection: 0.5 },
]);
