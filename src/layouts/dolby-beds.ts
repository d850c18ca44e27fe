import type { Vec3 } from '../base/coordinates.ts';

/** Beds as studio masters may have them: channels of these sets, in this order. Dolby Atmos Master ADM profile 1.1. */

/** A channel that beds of studio masters may have. */
export interface DolbyBedChannel {
  /** BS.2051 label in our scenes. */
  readonly label: string;
  /** "RoomCentricLeft". */
  readonly name: string;
  /** "RC_L". */
  readonly speakerLabel: string;
  readonly xyz: Vec3;
}

const channel = (label: string, name: string, short: string, xyz: Vec3): DolbyBedChannel => ({
  label,
  name: `RoomCentric${name}`,
  speakerLabel: `RC_${short}`,
  xyz,
});

const front = [
  channel('M+030', 'Left', 'L', [-1, 1, 0]),
  channel('M-030', 'Right', 'R', [1, 1, 0]),
  channel('M+000', 'Center', 'C', [0, 1, 0]),
] as const;
const lfe = channel('LFE1', 'LFE', 'LFE', [-1, 1, -1]);
const surrounds = [
  channel('M+110', 'LeftSurround', 'Ls', [-1, -0.36397, 0]),
  channel('M-110', 'RightSurround', 'Rs', [1, -0.36397, 0]),
];
const sidesAndRears = [
  channel('M+090', 'LeftSideSurround', 'Lss', [-1, 0, 0]),
  channel('M-090', 'RightSideSurround', 'Rss', [1, 0, 0]),
  channel('M+135', 'LeftRearSurround', 'Lrs', [-1, -1, 0]),
  channel('M-135', 'RightRearSurround', 'Rrs', [1, -1, 0]),
];
const tops = [
  channel('U+090', 'LeftTopSurround', 'Lts', [-1, 0, 1]),
  channel('U-090', 'RightTopSurround', 'Rts', [1, 0, 1]),
];

/** Beds of studio masters by their channels, small ones first; the last two are 7.0.2 and 7.1.2. */
export const dolbyBeds: readonly (readonly DolbyBedChannel[])[] = [
  front.slice(0, 2),
  front,
  [...front, ...surrounds],
  [...front, lfe, ...surrounds],
  [...front, ...sidesAndRears],
  [...front, lfe, ...sidesAndRears],
  [...front, ...sidesAndRears, ...tops],
  [...front, lfe, ...sidesAndRears, ...tops],
];
