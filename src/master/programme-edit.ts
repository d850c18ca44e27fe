import { ConfigError } from '../base/errors.ts';
import type { Fade, FadeCurve } from './fades.ts';

/** A length in seconds or in samples of the deliverable; one of both. */
export interface EditLength {
  readonly durationSec?: number | undefined;
  readonly durationSamples?: number | undefined;
}

/** A fade as it is asked for. */
export interface FadeSetting extends EditLength {
  /** Raised cosine unless given. */
  readonly curve?: FadeCurve | undefined;
}

/** What is cut off a deliverable, and how it begins and ends. */
export interface EditSettings {
  readonly trimHead?: EditLength | undefined;
  readonly trimTail?: EditLength | undefined;
  readonly fadeIn?: FadeSetting | undefined;
  readonly fadeOut?: FadeSetting | undefined;
}

/** The same in samples of the deliverable; plain data. */
export interface ProgrammeEdit {
  /** Frames that are cut off at the head. */
  readonly headFrames: number;
  readonly tailFrames: number;
  /** Frames that remain. */
  readonly frameCount: number;
  readonly fadeIn: Fade | undefined;
  readonly fadeOut: Fade | undefined;
}

/**
 * Settles trims and fades on samples; a length in seconds becomes the nearest whole number of them.
 * @param frameCount of the untrimmed deliverable at its sample rate
 * @throws ConfigError 'trim-too-long' where nothing would remain, 'fade-too-long' where a fade is longer than what does
 */
export function planEdit(
  { trimHead, trimTail, fadeIn, fadeOut }: EditSettings,
  frameCount: number,
  sampleRateHz: number,
): ProgrammeEdit {
  const framesOf = ({ durationSec = 0, durationSamples }: EditLength = {}): number =>
    durationSamples ?? Math.round(durationSec * sampleRateHz);
  const headFrames = framesOf(trimHead);
  const tailFrames = framesOf(trimTail);
  const remaining = frameCount - headFrames - tailFrames;
  if (headFrames + tailFrames > 0 && remaining < 1)
    throw new ConfigError(
      'trim-too-long',
      `${headFrames + tailFrames} samples are to be trimmed off a programme of ${frameCount}; at least 1 must remain`,
    );
  const fadeOf = (name: string, setting: FadeSetting | undefined): Fade | undefined => {
    const frames = framesOf(setting);
    if (frames > remaining)
      throw new ConfigError(
        'fade-too-long',
        `${name} takes ${frames} samples of a programme of ${remaining}; a fade can be as long as the programme`,
      );
    return frames === 0 ? undefined : { frameCount: frames, curve: setting?.curve ?? 'raised-cosine' };
  };
  return {
    headFrames,
    tailFrames,
    frameCount: remaining,
    fadeIn: fadeOf('fadeIn', fadeIn),
    fadeOut: fadeOf('fadeOut', fadeOut),
  };
}
