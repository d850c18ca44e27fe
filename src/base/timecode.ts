/** Frame rates that masters name. */
export type FrameRate = '23.976' | '24' | '25' | '29.97' | '29.97df' | '30';

interface Rate {
  /** Numbers of frames in a second of the timecode. */
  readonly count: number;
  /** Real frames a second are `count` times this. */
  readonly scale: number;
}

const ntsc = 1000 / 1001;
const rates: Readonly<Record<FrameRate, Rate>> = {
  '23.976': { count: 24, scale: ntsc },
  '24': { count: 24, scale: 1 },
  '25': { count: 25, scale: 1 },
  '29.97': { count: 30, scale: ntsc },
  '29.97df': { count: 30, scale: ntsc },
  '30': { count: 30, scale: 1 },
};

/** Names of the frame rates. */
export const frameRateNames = Object.keys(rates).sort() as readonly FrameRate[];

/** Drop-frame timecode leaves out the frames 0 and 1 of every minute but each tenth. SMPTE ST 12-1. */
const droppedFrames = 2;
const minutesOfTen = 10;

/**
 * Time of a timecode HH:MM:SS:FF (or ;FF) from 00:00:00:00 on: the frames that it counts, each as long as the rate has
 * them, so that 01:00:00:00 at 23.976 is 3603.6 seconds.
 * @returns undefined for what is no timecode of the rate
 */
export function parseTimecode(text: string, frameRate: FrameRate): number | undefined {
  const parts = /^(\d\d):(\d\d):(\d\d)[:;](\d\d)$/.exec(text);
  if (!parts) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, frame = 0] = parts.slice(1).map(Number);
  const { count, scale } = rates[frameRate];
  if (minutes > 59 || seconds > 59 || frame >= count) return undefined;
  const totalMinutes = hours * 60 + minutes;
  let frames = (totalMinutes * 60 + seconds) * count + frame;
  if (frameRate === '29.97df') {
    if (minutes % minutesOfTen !== 0 && seconds === 0 && frame < droppedFrames) return undefined;
    frames -= droppedFrames * (totalMinutes - Math.floor(totalMinutes / minutesOfTen));
  }
  return frames / (count * scale);
}

/** The timecode of the frame nearest to a time from 00:00:00:00 on; ";" before the frame tells drop-frame. */
export function formatTimecode(timeSec: number, frameRate: FrameRate): string {
  const { count, scale } = rates[frameRate];
  let frames = Math.round(timeSec * count * scale);
  const isDropped = frameRate === '29.97df';
  if (isDropped) {
    const inMinute = 60 * count - droppedFrames;
    const inTen = minutesOfTen * inMinute + droppedFrames;
    const rest = frames % inTen;
    const minutes = rest < inMinute + droppedFrames ? 0 : Math.floor((rest - droppedFrames) / inMinute);
    frames += droppedFrames * (Math.floor(frames / inTen) * (minutesOfTen - 1) + minutes);
  }
  const seconds = Math.floor(frames / count);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits);
  return `${clock.join(':')}${isDropped ? ';' : ':'}${twoDigits(frames % count)}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
