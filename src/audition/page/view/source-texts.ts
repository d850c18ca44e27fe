import type { Source } from '../../protocol/session.ts';
import type { Audition } from '../state/audition-state.ts';
import { formatFigure, formatSigned } from '../state/number-text.ts';

/** How a source reaches the ears, in few words: "7.1.4 through HRTF". */
export const kindText = (source: Source): string => {
  switch (source.kind) {
    case 'binaural':
      return 'Headphones, as it is';
    case 'stereo':
      return 'Stereo, as it is';
    case 'loudspeakers':
      return `${source.channelCount} ch through HRTF`;
    case 'ambisonics':
      return source.order === undefined ? 'Turns with the head' : `Order ${source.order}, turns`;
    case 'scene':
      return `${source.channelCount} tracks, live`;
  }
};

/** Loudness as heard: "-16.0 LUFS", or how far its measuring is. */
export const heardText = (audition: Audition, id: string): string => {
  const answer = audition.overviews.value.get(id)?.answer;
  if (answer?.state === 'ready') return `${formatFigure(answer.overview.heardLufs)} LUFS`;
  if (answer?.state === 'failed') return 'not measured';
  return answer ? `measuring ${Math.round(answer.progress * 100)} %` : 'measuring';
};

/** Gain that is applied to a source: "-3.2 dB"; undefined while it is not known. */
export const gainText = (audition: Audition, id: string): string | undefined => {
  if (!audition.isMatched.value) return '0.0 dB';
  const gainDb = audition.matchingDb.value.get(id);
  return gainDb === undefined ? undefined : `${formatSigned(gainDb)} dB`;
};

/** True peak of a source after its gain, if that is above full scale. */
export const clippingText = (audition: Audition, id: string): string | undefined => {
  const answer = audition.overviews.value.get(id)?.answer;
  const gainDb = audition.isMatched.value ? audition.matchingDb.value.get(id) : 0;
  if (answer?.state !== 'ready' || gainDb === undefined) return undefined;
  const peakDbtp = (answer.overview.heardTruePeakDbtp ?? -Infinity) + gainDb + audition.volumeDb.value;
  return peakDbtp > 0 ? `${formatSigned(peakDbtp)} dBTP` : undefined;
};
