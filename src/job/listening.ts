import type { WarningHandler } from '../base/errors.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import { resampleHrtf } from '../hrtf/resample-hrtf.ts';
import { readWholeFile } from '../io/input-file.ts';
import { loadDefaultHrtf } from '../io/packed/packed-hrtf.ts';
import { loadHrtfFile } from '../io/sofa/load-hrtf.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { HeadPose } from '../render/binaural/head-orientation.ts';
import type { RenderSettings } from '../render/render-settings.ts';
import { readHeadphoneEq } from './headphone-eq.ts';
import { parseHeadTrack } from './head-track.ts';
import type { Plan } from './plan.ts';

/** Files that say how a job's headphone renders are made. */
export interface ListeningFiles {
  /** HRTF set, SOFA or packed; the one that comes with periphon where undefined. */
  readonly hrtf?: string | undefined;
  /** CSV table of how the head turns: time, yaw, pitch, roll. */
  readonly headTrack?: string | undefined;
  /** Equalisation of the headphones: AutoEq's ParametricEQ.txt, or an audio file that holds a FIR. */
  readonly headphoneEq?: string | undefined;
}

/** What a job says of its headphone renders. */
export interface ListeningOptions {
  readonly listening?: ListeningFiles | undefined;
  readonly rendering?: RenderSettings | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** What those files hold, for the renderers; plain data, so that it can go to a worker. */
export interface Listening {
  /** At the rate of the job; undefined where nothing is heard on headphones. */
  readonly hrtf: HrtfSet | undefined;
  readonly rendering: RenderSettings | undefined;
}

/**
 * Reads the files of a job that say how its headphone renders are made. Ambisonics are heard on headphones
 * too: their decodes are measured.
 * @throws FormatError where a file cannot be read, HrtfError where it holds no set that can serve
 */
export async function loadListening(
  { listening, rendering, onWarning }: ListeningOptions,
  plan: Plan,
  sampleRateHz: number,
  kernels: Kernels,
): Promise<Listening> {
  warnOfUnused({ listening, rendering, onWarning }, plan);
  if (plan.buses.every(({ format }) => format.kind === 'loudspeakers')) return { hrtf: undefined, rendering };
  const { hrtf, headTrack, headphoneEq } = listening ?? {};
  return {
    hrtf: await loadHrtf(hrtf, sampleRateHz, onWarning),
    rendering: {
      ...rendering,
      binaural: {
        ...rendering?.binaural,
        ...(headTrack !== undefined && { headTrack: await readHeadTrack(headTrack) }),
        ...(headphoneEq !== undefined && {
          headphoneEq: await readHeadphoneEq(headphoneEq, kernels, onWarning),
        }),
      },
    },
  };
}

async function readHeadTrack(file: string): Promise<HeadPose[]> {
  return parseHeadTrack(new TextDecoder().decode(await readWholeFile(file)), file);
}

/** Reads an HRTF set for a sample rate; the one that comes with periphon where none is named. */
export async function loadHrtf(
  file: string | undefined,
  sampleRateHz: number,
  onWarning: WarningHandler | undefined,
): Promise<HrtfSet> {
  if (file === undefined) return loadDefaultHrtf(sampleRateHz);
  return resampleHrtf(await loadHrtfFile(file, onWarning), sampleRateHz);
}

/** Ambisonic targets are measured through an HRTF set, and no more. */
function warnOfUnused({ listening = {}, rendering, onWarning }: ListeningOptions, { buses }: Plan): void {
  const kinds = new Set(buses.map(({ format }) => format.kind));
  if (kinds.has('binaural')) return;
  const { head, room } = rendering?.binaural ?? {};
  const unused = [
    ...(listening.hrtf !== undefined && !kinds.has('ambisonics') ? ['the HRTF set'] : []),
    ...(head !== undefined || listening.headTrack !== undefined ? ['how the head is turned'] : []),
    ...(room === 'scene' ? ['the room'] : []),
    ...(listening.headphoneEq !== undefined ? ['the equalisation of the headphones'] : []),
  ];
  if (unused.length === 0) return;
  const message = `no target is binaural: ${unused.join(', ')} ${unused.length > 1 ? 'change' : 'changes'} nothing`;
  onWarning?.({ code: 'unused-listening', message });
}
