import { fetchKernels } from './fetch-kernels.ts';
import { Feeder } from './feeder.ts';
import type { FeederMessage } from './feeder-messages.ts';

const feeder = new Feeder((note) => postMessage(note), fetchKernels);
addEventListener('message', ({ data }: MessageEvent<FeederMessage>) => feeder.handle(data));
