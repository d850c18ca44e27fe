import { expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { warnOfLosses } from '../../../src/io/adm/adm-losses.ts';
import type { AdmExtras } from '../../../src/io/adm/adm-extras.ts';
import type { AdmFlavour } from '../../../src/io/adm/write-plan.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { fullScene } from '../../scene/full-scene.ts';
import { bedOf, objectOf, sceneOf } from './write-scenes.ts';

/** What was warned of, by the place. */
function lossesOf(scene: Scene, flavour: AdmFlavour): Record<string, string> {
  const warnings: Warning[] = [];
  warnOfLosses(scene, flavour, { file: 'f.wav', onWarning: (warning) => void warnings.push(warning) });
  expect(warnings.every(({ code, file }) => code === 'adm-lossy' && file === 'f.wav')).toBe(true);
  return Object.fromEntries(warnings.map(({ path, message }) => [path, message.slice('f.wav: '.length)]));
}

test('a plain scene loses nothing', () => {
  const scene = sceneOf(bedOf('5.1'), objectOf('a'));
  for (const flavour of ['dolby', 'itu'] as const) expect(lossesOf(scene, flavour)).toEqual({});
});

test('a master: names, screen, mutes, bounds; modes and delivery stay', () => {
  const losses = lossesOf(fullScene, 'dolby');
  expect(losses.programme).toBe(
    'the scene loses the name of its programme ("Full programme"), its reference screen, which a Dolby Atmos master does not state',
  );
  expect(losses.extras).toContain('data of the format "other"');
  expect(losses['B-2']).toContain('bounds of its channels, the tie to the screen');
  expect(losses['O-1']).toContain('its mute');
  expect(losses.delivery).toBeUndefined();
});

test('BS.2076: modes and delivery; mutes stay', () => {
  const losses = lossesOf(fullScene, 'itu');
  expect(losses.delivery).toContain(
    'trims, the warp mode, the downmix type, the phase shift, the frame rate, the first frame of action',
  );
  expect(losses['O-1']).toContain('its binaural mode, its trim bypass, its head tracking');
  expect(losses['O-1']).not.toContain('mute');
  const off = sceneOf(objectOf('off', undefined, { binauralMode: 'off' }));
  expect(lossesOf(off, 'itu')).toEqual({});
});

test('elements of an ADM file that a master has no place for are named', () => {
  const node = (name: string, children: AdmExtras['nodes'] = []) => ({
    name,
    attributes: {},
    children,
    text: '',
  });
  const adm: AdmExtras = {
    version: undefined,
    programmeId: undefined,
    nodes: [
      node('audioObject', [node('alternativeValueSet'), node('gain')]),
      node('audioProgramme', [node('loudnessMetadata')]),
    ],
    elements: {
      a: {
        objectIds: [],
        packId: '',
        channels: [{ channelId: '', uid: undefined, unknown: [[0, [node('headphoneVirtualise')]]] }],
      },
    },
    dbmd: 'AA==',
  };
  const scene = { ...sceneOf(objectOf('a')), extras: { adm } };
  expect(lossesOf(scene, 'dolby').extras).toContain('loses alternativeValueSet, headphoneVirtualise,');
  expect(lossesOf(scene, 'itu')).toEqual({ delivery: expect.stringContaining('(dbmd)') });
});
