import type { Source } from '../../protocol/session.ts';
import type { EngineLevels } from './engine.ts';
import { levelBlockFrames, levelRow, takePeaks, type SharedState } from './stream/shared-state.ts';

/** Rows that are looked at, at most, if nobody has asked for long. */
const mostRows = 16;

/** Takes the levels of the last moment out of the shared state. */
export class LevelReader {
  private lastBlock = -1;
  private lastPosition = NaN;
  private readonly state: SharedState;

  constructor(state: SharedState) {
    this.state = state;
  }

  /** @param position of the stream that is heard */
  read(source: Pick<Source, 'kind' | 'channelCount'>, position: number): EngineLevels {
    const isScene = source.kind === 'scene';
    const trackPeaks = isScene ? this.trackPeaks(position) : new Float32Array(0);
    const channelPeaks = takePeaks(this.state.channelPeaks, source.channelCount);
    return {
      channelPeaks: isScene ? trackPeaks : channelPeaks,
      trackPeaks,
      outputPeaks: takePeaks(this.state.outputPeaks, 2),
      outputCorrelation: this.state.correlation[0]!,
    };
  }

  /** Largest samples of the blocks that were heard since the last call; in a pause that is nothing. */
  private trackPeaks(position: number): Float32Array {
    const peaks = new Float32Array(this.state.trackCount);
    if (position === this.lastPosition) return peaks;
    this.lastPosition = position;
    const block = Math.floor(position / levelBlockFrames);
    const isNext = this.lastBlock < block && block - this.lastBlock <= mostRows;
    const first = isNext ? this.lastBlock + 1 : block;
    this.lastBlock = block;
    for (let b = first; b <= block; b++) {
      levelRow(this.state, b * levelBlockFrames).forEach((peak, track) => {
        if (peak > peaks[track]!) peaks[track] = peak;
      });
    }
    return peaks;
  }
}
