import type { Session } from '../../protocol/session.ts';
import { AuditionEngine } from './audition-engine.ts';
import type { AudioEngine } from './engine.ts';
import { createCapture, readCapture, type Captured } from './playback/output-stage.ts';
import { commonDelaySamples, planOutputs } from './playback/output-table.ts';
import type { OutputOptions, PlayerNodeOptions, StateOptions } from './playback/worklet-options.ts';
import workletAddress from './playback/worklet.ts?worker&url';
import { createSharedState } from './stream/shared-state.ts';

/** Choices of `createAudioEngine`. */
export interface EngineOptions {
  /** Keeps so much of what went to the headphones, for `captured`. Default nothing. */
  readonly captureSec?: number | undefined;
}

/** An engine that can say what it played. */
export interface CapturingEngine extends AudioEngine {
  /** What went to the headphones last; nothing without `captureSec`. */
  captured(): Captured;
}

/**
 * Makes the engine of a session and has its first source ready. It is silent until `play`.
 * Rejects where the browser lacks what it takes, which is audio worklets and shared memory.
 */
export async function createAudioEngine(
  session: Session,
  options: EngineOptions = {},
): Promise<CapturingEngine> {
  const context = new AudioContext({ sampleRate: session.sampleRateHz, latencyHint: 'balanced' });
  await context.audioWorklet.addModule(workletAddress);
  const trackCount = session.sources.find(({ kind }) => kind === 'scene')?.channelCount ?? 0;
  const state = createSharedState(trackCount);
  const captureFrames = Math.round((options.captureSec ?? 0) * session.sampleRateHz);
  const capture = captureFrames > 0 ? createCapture(captureFrames) : undefined;
  const table = planOutputs(session);
  const shared: StateOptions = { memory: state.memory, trackCount };
  const player = new AudioWorkletNode(context, 'audition-player', {
    numberOfInputs: 0,
    numberOfOutputs: table.outputs.length,
    outputChannelCount: table.outputs.map(({ channelCount }) => channelCount),
    processorOptions: {
      ...shared,
      leadFrames: commonDelaySamples(session),
    } satisfies PlayerNodeOptions,
  });
  const output = new AudioWorkletNode(context, 'audition-output', {
    outputChannelCount: [2],
    channelCount: 2,
    channelCountMode: 'explicit',
    processorOptions: { ...shared, capture: capture?.memory } satisfies OutputOptions,
  });
  const feeder = new Worker(new URL('./feed/feeder-worker.ts', import.meta.url), { type: 'module' });
  const engine = new AuditionEngine({ session, context, state, table, player, output, feeder });
  return Object.assign(engine, {
    captured: (): Captured =>
      capture ? readCapture(capture) : { left: new Float32Array(0), right: new Float32Array(0), endFrame: 0 },
  });
}
