import type { CodecPreview, PlatformGain } from '../deliver/report.ts';
import { formatNumber, formatTable } from './format.ts';

/** What becomes of a file on its way to listeners; what was not asked for is undefined. */
export interface Playback {
  readonly platforms?: readonly PlatformGain[] | undefined;
  readonly codecPreviews?: readonly CodecPreview[] | undefined;
}

/** Tables of what services and codecs make of a file, indented below its figures. */
export function playbackTexts({ platforms, codecPreviews }: Playback): string[] {
  const tables = [
    ...(platforms ? [platformTable(platforms)] : []),
    ...(codecPreviews ? [codecTable(codecPreviews)] : []),
  ];
  return tables.map((table) => table.replaceAll(/^/gm, '  '));
}

const platformTable = (platforms: readonly PlatformGain[]): string =>
  formatTable(
    [
      { title: 'service' },
      { title: 'gain dB', align: 'right' },
      { title: 'LUFS', align: 'right' },
      { title: 'limited dB', align: 'right' },
      { title: '' },
    ],
    platforms.map(({ platform, mode, gainDb, playedLufs, limitedDb, confidence }) => [
      mode === undefined ? platform : `${platform}, ${mode}`,
      formatNumber(gainDb),
      formatNumber(playedLufs),
      formatNumber(limitedDb),
      confidence === 'memory' ? 'unverified' : '',
    ]),
  );

const codecTable = (previews: readonly CodecPreview[]): string =>
  formatTable(
    [
      { title: 'codec (estimate)' },
      { title: 'LUFS', align: 'right' },
      { title: 'dBTP', align: 'right' },
      { title: '' },
    ],
    previews.map(({ codec, bitrateKbps, integratedLufs, truePeakDbtp, unavailable }) => [
      `${codec} ${bitrateKbps} kbit/s`,
      formatNumber(integratedLufs, 2),
      formatNumber(truePeakDbtp, 2),
      unavailable ?? '',
    ]),
  );
