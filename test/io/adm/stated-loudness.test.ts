import { expect, test } from 'vitest';
import { formatDbmd, parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { xmlNode } from '../../../src/io/adm/format-values.ts';
import { loudnessNodes, withoutStatedLoudness } from '../../../src/io/adm/stated-loudness.ts';
import type { AdmExtras } from '../../../src/io/adm/adm-extras.ts';
import { createScene } from '../../../src/scene/make-scene.ts';

test('loudness is stated in the order of the standard, and of silence nothing', () => {
  const [node] = loudnessNodes({
    ...{ shortTermMaxLufs: -14.5, momentaryMaxLufs: -12.004, truePeakMaxDbtp: -1.1 },
    ...{ loudnessRangeLu: 6, integratedLufs: -18.04 },
  });
  expect(node).toEqual(
    xmlNode('loudnessMetadata', { loudnessMethod: 'ITU-R BS.1770' }, [
      xmlNode('integratedLoudness', {}, '-18.04'),
      xmlNode('loudnessRange', {}, '6.00'),
      xmlNode('maxTruePeak', {}, '-1.10'),
      xmlNode('maxMomentary', {}, '-12.00'),
      xmlNode('maxShortTerm', {}, '-14.50'),
    ]),
  );
  const [short] = loudnessNodes({ integratedLufs: -20, shortTermMaxLufs: -Infinity, loudnessRangeLu: NaN });
  expect(short!.children).toEqual([xmlNode('integratedLoudness', {}, '-20.00')]);
  expect(loudnessNodes({})).toEqual([]);
});

const loudness = xmlNode('loudnessMetadata', {}, [xmlNode('integratedLoudness', {}, '-9')]);
const programme = (...children: readonly ReturnType<typeof xmlNode>[]) =>
  xmlNode('audioProgramme', { audioProgrammeID: 'APR_1001' }, children);
const sceneOf = (adm: Partial<AdmExtras>) => ({
  ...createScene('song', []),
  extras: {
    adm: { version: undefined, programmeId: 'APR_1001', nodes: [], elements: {}, dbmd: undefined, ...adm },
    other: 1,
  },
});

test('what elements state is taken out, and nothing else', () => {
  const reference = xmlNode('audioContentIDRef', {}, 'ACO_1001');
  const scene = sceneOf({ nodes: [programme(reference, loudness), xmlNode('audioContent', {}, [loudness])] });
  const { scene: unstated, places } = withoutStatedLoudness(scene);
  expect(places).toEqual(['audioProgramme', 'audioContent']);
  expect(unstated).toEqual(sceneOf({ nodes: [programme(reference), xmlNode('audioContent', {}, [])] }));
});

test('dialogue normalisation and the segment about the audio are taken out of dbmd', () => {
  const digital = (flags: number) => Uint8Array.from({ length: 96 }, (_, at) => (at === 5 ? flags : at));
  const dbmdOf = (segments: readonly { id: number; payload: Uint8Array }[]) => {
    const bytes = formatDbmd({ version: 0x01000006, segments, trailing: new Uint8Array(1) });
    return Buffer.from(bytes).toString('base64');
  };
  const atmos = { id: 9, payload: Uint8Array.of(1, 2, 3) };
  const dbmd = dbmdOf([
    { id: 3, payload: digital(0x60) },
    { id: 7, payload: digital(0x60 | 27) },
    { id: 8, payload: new Uint8Array(193) },
    atmos,
  ]);
  const { scene, places } = withoutStatedLoudness(sceneOf({ dbmd }));
  expect(places).toEqual(['dialnorm 27 of dbmd', 'the audio information of dbmd']);
  const expected = dbmdOf([{ id: 3, payload: digital(0x60) }, { id: 7, payload: digital(0x60) }, atmos]);
  expect((scene.extras.adm as AdmExtras).dbmd).toBe(expected);
  const { segments } = parseDbmd(new Uint8Array(Buffer.from(expected, 'base64')), 'song');
  expect(segments.map(({ wrongChecksum }) => wrongChecksum)).toEqual([undefined, undefined, undefined]);
});

test('a scene that states nothing stays as it is', () => {
  const plain = createScene('song', []);
  expect(withoutStatedLoudness(plain)).toEqual({ scene: plain, places: [] });
  const scene = sceneOf({ nodes: [programme()] });
  expect(withoutStatedLoudness(scene).scene).toBe(scene);
});
