import { escapeXml } from '../base/xml-text.ts';
import type { FileMarker, WaveFileForm } from '../io/scene-writer.ts';
import { generatorName } from './version.ts';

/** A file that is marked. */
export interface MarkedFile extends WaveFileForm {
  readonly recipeSha256: string;
}

/**
 * What a deliverable says of its recipe: `bext` by description and coding history (EBU R 98), and a note in `iXML`
 * (specification 2.10). Neither has a date: the same scene and recipe give the same bytes.
 */
export function recipeMark(file: MarkedFile): ReturnType<FileMarker> {
  const { recipeSha256, sampleRateHz, bitDepth, channelCount, startSample } = file;
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
      timeReferenceSamples: startSample,
      codingHistory: `A=PCM,F=${sampleRateHz},W=${bitDepth},M=${mode},T=${generatorName}; ${recipe}\r\n`,
    },
    chunks: [{ id: 'iXML', bytes: new TextEncoder().encode(ixml) }],
  };
}
