import type { AlbumReport } from '../deliver/report.ts';
import { formatNumber } from './format.ts';

/** What the scenes of an album came to together, for people. @param name of the target */
export const albumText = (name: string, { sceneCount, measured, integratedLufs }: AlbumReport): string =>
  `${name}: album of ${sceneCount} scenes, ${measured === 'loudest' ? 'the loudest' : 'together'} ${formatNumber(integratedLufs, 2)} LUFS`;
