import { createAudioBlock } from '../base/audio-block.ts';
import { FormatError, type WarningHandler } from '../base/errors.ts';
import { readWholeFile } from '../io/input-file.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { HeadphoneEq } from '../render/headphones/headphone-eq.ts';
import { parseParametricEq } from './parametric-eq.ts';

/** Longest response; more than that is no headphone. */
const longestTaps = 131_072;

/**
 * Reads the equalisation of a pair of headphones: a text file as AutoEq writes it (ParametricEQ.txt), or an audio
 * file with one response for both ears or one for each.
 * @throws FormatError where the file is damaged or holds neither
 */
export async function readHeadphoneEq(
  file: string,
  kernels: Kernels,
  onWarning?: WarningHandler,
): Promise<HeadphoneEq> {
  if (/\.txt$/i.test(file))
    return parseParametricEq(new TextDecoder().decode(await readWholeFile(file)), file);
  const reader = await openAudioFile(file, { kernels, onWarning });
  try {
    const { channelCount, frameCount, sampleRateHz } = reader;
    const fault = (message: string): FormatError =>
      new FormatError('headphone-eq', `${file}: ${message}`, { file });
    if (channelCount > 2) throw fault(`${channelCount} channels; a response has 1, or 2 for the two ears`);
    if (frameCount === 0 || frameCount > longestTaps)
      throw fault(`${frameCount} samples; a response has 1 to ${longestTaps}`);
    const block = createAudioBlock(channelCount, frameCount);
    const responses = block.channels.map(() => new Float32Array(frameCount));
    for (let done = 0, count; done < frameCount; done += count) {
      block.frameCount = frameCount - done;
      count = await reader.read(block);
      if (count === 0) throw fault(`it ends after ${done} of ${frameCount} samples`);
      for (const [channel, response] of responses.entries())
        response.set(block.channels[channel]!.subarray(0, count), done);
    }
    const [left, right = left] = responses;
    if ([left, right].every((response) => response!.every((sample) => sample === 0)))
      throw fault('the response is silent');
    return { kind: 'fir', sampleRateHz, left: left!, right: right! };
  } finally {
    await reader.close();
  }
}
