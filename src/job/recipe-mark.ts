import { escapeXml } from '../base/xml-text.ts';
import type { WavWriterOptions } from '../io/wav/wav-writer.ts';
import { generatorName } from './version.ts';

/** A file that is marked. */
export interface MarkedFile {
  readonly recipeSha256: string;
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channelCount: number;
}

/**
 * What a deliverable says of its recipe: `bext` by description and coding history (EBU R 98), and a note in `iXML`
 * (specification 2.10). Neither has a date: the same scene and recipe give the same bytes.
 */
export function recipeMark(file: MarkedFile): Pick<WavWriterOptions, 'bext' | 'chunks'> {
  const { recipeSha256, sampleRateHz, bitDepth, channelCount } = file;
  const mode = channelCount === 1 ? 'mono' : channelCount === 2 ? 'stereo' : 'multitrack';
  const recipe = `recipe sha256 ${recipeSha256}`;
  const ixml = `<?xml version="1.0" encoding="UTF-8"?>
<BWFXML><IXML_VERSION>2.10</IXML_VERSION><NOTE>${escapeXml(`${generatorName}, ${recipe}`)}</NOTE></BWFXML>
`;
  return {
    bext: {
      description: `Mastered by ${generatorName}, ${recipe}`,
      originator: generatorName,
      originatorReference: '',
      originationDate: '',
      originationTime: '',
      timeReferenceSamples: 0,
      codingHistory: `A=PCM,F=${sampleRateHz},W=${bitDepth},M=${mode},T=${generatorName}; ${recipe}\r\n`,
    },
    chunks: [{ id: 'iXML', bytes: new TextEncoder().encode(ixml) }],
  };
}
