import type { HoaDecoder } from '../ambisonic/loudspeaker-decoder.ts';

/** Choices of loudspeaker renders. */
export interface LoudspeakerSettings {
  /** How ambisonic beds are decoded; default 'max-re'. */
  readonly hoaDecoder?: HoaDecoder | undefined;
}
