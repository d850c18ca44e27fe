import { Feeder } from './feeder.ts';
import type { FeederMessage } from './feeder-messages.ts';

const feeder = new Feeder(
  (note) => postMessage(note),
  async () => (await import('./fetch-kernels.ts')).fetchKernels(),
);
addEventListener('message', ({ data }: MessageEvent<FeederMessage>) => feeder.handle(data));
