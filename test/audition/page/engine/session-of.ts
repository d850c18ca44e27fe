import type { Session, Source } from '../../../../src/audition/protocol/session.ts';

/** A source with these properties. */
export const sourceOf = (id: string, more: Partial<Source> = {}): Source => ({
  id,
  label: id,
  kind: 'stereo',
  channelCount: 2,
  channelLabels: ['L', 'R'],
  frameCount: 48000,
  fileSampleRateHz: 48000,
  ...more,
});

const place = { label: 'M+000', azimuthDeg: 0, elevationDeg: 0, isLfe: false };

/** A session of these sources with one HRTF set. */
export const sessionOf = (sources: readonly Source[]): Session => ({
  version: 1,
  title: 'test',
  sampleRateHz: 48000,
  frameCount: 48000,
  sources,
  hrtfs: [
    {
      id: 'kemar',
      name: 'KEMAR',
      ambisonicTapCount: 512,
      loudspeakerTapCount: 512,
      ambisonicDelaySamples: 96,
      loudspeakerDelaySamples: 40,
    },
  ],
  layouts: { '5.1': Array(6).fill(place), '7.1.4': Array(12).fill(place) },
  checks: [],
});
