import { silenceThresholdDbfs } from '../meter/outer-silence.ts';
import { lfeBandEdgeHz, lfeHighShareLimitDb } from '../meter/track-meter.ts';
import type { FileFacts, TrackFacts } from './file-facts.ts';
import type { FileRule } from './file-rule.ts';

/** Rules of the audio that need more than figures of loudness and peaks. */

/** Frames a second of music deliveries: a frame is 2000 samples at 48 kHz. */
const frameRate = 24;
const frameSec = 1 / frameRate;
/** Sums of seconds miss a whole frame by their last digits. */
const roundingSec = 1e-9;

const unmeasured = ({ unmeasured: why }: FileFacts): string => why ?? 'measured by periphon check alone';
const noStereo = 'give --stereo-master';

const lfesOf = ({ tracks = [] }: FileFacts): readonly TrackFacts[] => tracks.filter(({ isLfe }) => isLfe);

const shareText = ({ highShareDb }: TrackFacts): string =>
  `${highShareDb.toFixed(1)} dB above ${lfeBandEdgeHz} Hz`;

const durationSecOf = ({ frameCount, sampleRateHz }: FileFacts): number | undefined =>
  frameCount === undefined ? undefined : frameCount / sampleRateHz;

const signed = (value: number, decimals: number): string =>
  `${value > 0 ? '+' : ''}${value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1')}`;

/** How much longer a file is than its stereo version. */
function lengthDifference(
  facts: FileFacts,
): { readonly differenceSec: number; readonly text: string } | undefined {
  const durationSec = durationSecOf(facts);
  if (durationSec === undefined || !facts.stereoMaster) return undefined;
  const differenceSec = durationSec - facts.stereoMaster.durationSec;
  const samples = signed(differenceSec * facts.sampleRateHz, 0);
  return { differenceSec, text: `${signed(differenceSec, 3)} s (${samples} samples)` };
}

function startDifference({ headSilenceSamples, sampleRateHz, stereoMaster }: FileFacts): number | undefined {
  if (headSilenceSamples === undefined || !stereoMaster) return undefined;
  return headSilenceSamples / sampleRateHz - stereoMaster.headSilenceSec;
}

/** Rules of the signal. */
export const signalRules: readonly FileRule[] = [
  {
    id: 'renders',
    text: 'can be rendered',
    reason: 'what periphon refuses, other renderers are likely to refuse or to play otherwise',
    check: (facts) => (facts.unmeasured === undefined ? [] : [{ place: '', found: facts.unmeasured }]),
  },
  {
    id: 'not-silent',
    needsAudio: true,
    text: 'not absolute silence',
    reason: 'a render has failed, or channels were lost',
    check: (facts) => {
      if (!facts.figures) return unmeasured(facts);
      return facts.figures.samplePeakDbfs === -Infinity ? [{ place: '', found: 'no signal at all' }] : [];
    },
    found: ({ figures }) => (figures ? `peaks of ${figures.samplePeakDbfs.toFixed(2)} dBFS` : ''),
  },
  {
    id: 'empty-objects',
    needsAudio: true,
    text: `no empty objects: each is somewhere above ${silenceThresholdDbfs} dBFS`,
    reason: 'empty objects take up places, and most often something is missing',
    check: (facts) =>
      facts.tracks
        ? facts.tracks
            .filter(({ kind, peakDbfs }) => kind === 'object' && peakDbfs <= silenceThresholdDbfs)
            .map(({ name }) => ({ place: name, found: 'silent' }))
        : unmeasured(facts),
    found: ({ tracks = [] }) => `${tracks.filter(({ kind }) => kind === 'object').length} objects sound`,
  },
  {
    id: 'lfe-low-pass',
    needsAudio: true,
    text: `LFE low-passed at 150 Hz or less with 18 dB an octave or more: at most ${lfeHighShareLimitDb} dB of its energy above ${lfeBandEdgeHz} Hz`,
    reason: 'what is above is lost in most rooms, and colours those that play it',
    check: (facts) =>
      facts.tracks
        ? lfesOf(facts)
            .filter(({ highShareDb }) => highShareDb > lfeHighShareLimitDb)
            .map((track) => ({ place: track.name, found: shareText(track) }))
        : unmeasured(facts),
    found: (facts) => {
      const heard = lfesOf(facts).filter(({ highShareDb }) => !Number.isNaN(highShareDb));
      if (heard.length > 0) return heard.map(shareText).join(', ');
      return lfesOf(facts).length > 0 ? 'the LFE is silent' : 'no LFE';
    },
  },
  {
    id: 'stereo-length',
    text: 'as long as the stereo master, within a frame of 24 a second',
    reason: 'players change between the two',
    check: (facts) => {
      const difference = lengthDifference(facts);
      if (!difference) return facts.stereoMaster ? unmeasured(facts) : noStereo;
      return Math.abs(difference.differenceSec) < frameSec - roundingSec
        ? []
        : [{ place: facts.stereoMaster!.file, found: difference.text }];
    },
    found: (facts) => lengthDifference(facts)?.text ?? '',
  },
  {
    id: 'stereo-start',
    needsAudio: true,
    text: 'no silence at the head that the stereo master has not, within a frame of 24 a second',
    reason: 'players change between the two',
    check: (facts) => {
      const difference = startDifference(facts);
      if (difference === undefined) return facts.stereoMaster ? unmeasured(facts) : noStereo;
      return difference < frameSec - roundingSec
        ? []
        : [{ place: facts.stereoMaster!.file, found: `starts ${signed(difference, 3)} s later` }];
    },
    found: (facts) => `${signed(startDifference(facts) ?? 0, 3)} s`,
  },
  {
    id: 'frame-grid',
    text: 'a whole number of frames of 24 a second long',
    reason: 'what is not is padded with silence, or cut',
    check: (facts) => {
      const durationSec = durationSecOf(facts);
      if (durationSec === undefined) return unmeasured(facts);
      const frames = durationSec * frameRate;
      // 44.1 kHz has frames of 1837.5 samples.
      return Math.abs(frames - Math.round(frames)) * frameSec * facts.sampleRateHz <= 0.5
        ? []
        : [{ place: '', found: `${frames.toFixed(2)} frames` }];
    },
    found: (facts) => `${Math.round((durationSecOf(facts) ?? 0) * frameRate)} frames`,
  },
];
