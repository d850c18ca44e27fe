import type { AmbisonicSettings } from './ambisonic/ambisonic-format.ts';
import type { BinauralSettings } from './binaural/binaural-renderer.ts';
import type { LoudspeakerSettings } from './panner/loudspeaker-settings.ts';
import type { TrimSettings } from './trim/trim-settings.ts';
import type { HeadphoneEq } from './headphones/headphone-eq.ts';

/**
 * How a job renders its scene, beyond what the scene says itself: choices of the engineer, the same for every
 * renderer of the job. Plain data, so that it can go to a worker.
 */
export interface RenderSettings {
  /** Elements and blocks of lower importance are not heard; default 0: all are. */
  readonly importanceThreshold?: number | undefined;
  readonly loudspeakers?: LoudspeakerSettings | undefined;
  /** Trims and warp of loudspeaker renders; headphones and ambisonics have none. */
  readonly trims?: TrimSettings | undefined;
  readonly binaural?: (BinauralSettings & { readonly headphoneEq?: HeadphoneEq | undefined }) | undefined;
  readonly ambisonics?: AmbisonicSettings | undefined;
}
