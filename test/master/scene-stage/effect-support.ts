import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { InternalError } from '../../../src/base/errors.ts';
import type { Processor } from '../../../src/base/processor.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import type { EffectContext } from '../../../src/master/scene-stage/effect.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import { createScene, elementDefaults } from '../../../src/scene/make-scene.ts';
import { sceneTracks, type Bed } from '../../../src/scene/scene.ts';

/** What an effect is made for, in a scene of one bed of so many channels, which all are members of the group. */
export async function effectContext({
  trackCount = 1,
  ...stated
}: Partial<EffectContext> & { trackCount?: number } = {}): Promise<EffectContext> {
  const labels = ['M+030', 'M-030', 'M+000', 'LFE1', 'M+090', 'M-090', 'M+135', 'M-135'];
  const bed: Bed = {
    ...elementDefaults,
    id: 'bed1',
    name: 'Bed',
    kind: 'bed',
    layout: undefined,
    channels: Array.from({ length: trackCount }, (_, index) => {
      const label = labels[index] ?? `T${index}`;
      const position = labels[index] ? undefined : { azimuthDeg: 0, elevationDeg: 90, distance: 1 };
      return { label, position, isLfe: label === 'LFE1', gainDb: 0 };
    }),
  };
  const scene = stated.scene ?? createScene('scene', [bed]);
  const tracks = sceneTracks(scene);
  return {
    scene,
    tracks,
    group: constantMembers(new Map(tracks.map((_, track) => [track, 1]))),
    amount: 1,
    sampleRateHz: 48000,
    kernels: await loadKernels({}),
    startSample: 0,
    channelCount: tracks.length,
    sideChains: new Map(),
    createDetectorRender() {
      throw new InternalError('no-render', 'this test renders nothing');
    },
    onWarning({ code, message }) {
      throw new InternalError(code, message);
    },
    ...stated,
  };
}

/**
 * Sends channels through a processor in blocks, from its start on; what comes out has its latency taken out and the
 * length of the input.
 */
export function runEffect(
  processor: Processor,
  channels: readonly Float32Array[],
  blockFrames = 4096,
): Float32Array[] {
  const frameCount = channels[0]?.length ?? 0;
  const runFrames = frameCount + processor.latencySamples;
  const found = Array.from({ length: processor.outputChannelCount }, () => new Float32Array(runFrames));
  for (let from = 0; from < runFrames; from += blockFrames) {
    const length = Math.min(blockFrames, runFrames - from);
    const input = createAudioBlock(channels.length, length);
    for (const [index, channel] of channels.entries())
      input.channels[index]!.set(channel.subarray(Math.min(from, frameCount), from + length));
    const output = createAudioBlock(processor.outputChannelCount, length);
    processor.process(input, output);
    for (const [index, channel] of output.channels.entries()) found[index]!.set(channel, from);
  }
  return found.map((channel) => channel.subarray(processor.latencySamples));
}
