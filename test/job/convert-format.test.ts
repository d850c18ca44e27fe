import { expect, test } from 'vitest';
import { sceneFormats } from '../../src/io/scene-formats.ts';
import { convertFormats, fittingFormat, possibleFormats } from '../../src/job/convert-format.ts';
import { createScene } from '../../src/scene/make-scene.ts';

test('all formats are convertible to', () => expect(convertFormats).toEqual(Object.keys(sceneFormats)));

test('the name of the file says the format', () => {
  expect(possibleFormats('a/mix.WAV', undefined)).toEqual(['adm-dolby', 'adm-itu']);
  expect(possibleFormats('a/mix.scene.json', undefined)).toEqual(['stems']);
  expect(() => possibleFormats('mix.mp3', undefined)).toThrow(
    expect.objectContaining({ code: 'convert-format', message: expect.stringContaining('stems: .json') }),
  );
});

test('name and format do not contradict', () => {
  expect(possibleFormats('mix.wav', 'adm-itu')).toEqual(['adm-itu']);
  expect(possibleFormats('mix.bw64', 'adm-itu')).toEqual(['adm-itu']);
  const contradiction = expect.objectContaining({ code: 'convert-name' });
  expect(() => possibleFormats('mix.json', 'adm-itu')).toThrow(contradiction);
  expect(() => possibleFormats('mix.wav', 'stems')).toThrow(contradiction);
  expect(() => possibleFormats('mix', 'stems')).toThrow(contradiction);
});

test('an ADM file keeps its flavour, all else becomes a master', () => {
  const scene = createScene('s', []);
  const adm = { version: undefined, programmeId: undefined, nodes: [], elements: {} };
  const wav = possibleFormats('mix.wav', undefined);
  expect(fittingFormat(wav, scene)).toBe('adm-dolby');
  expect(fittingFormat(wav, { ...scene, extras: { adm: { ...adm, dbmd: undefined } } })).toBe('adm-itu');
  expect(fittingFormat(wav, { ...scene, extras: { adm: { ...adm, dbmd: '' } } })).toBe('adm-dolby');
  expect(fittingFormat(['stems'], scene)).toBe('stems');
});
