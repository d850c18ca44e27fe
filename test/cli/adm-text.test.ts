import { expect, test } from 'vitest';
import { admText } from '../../src/cli/adm-text.ts';

const trim = {
  automatic: true,
  centreDb: 0,
  surroundDb: 0,
  heightDb: 0,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};

test('a plain ADM file: its programme, and those that it has beside it', () => {
  expect(
    admText({
      version: 'ITU-R_BS.2076-2',
      programme: { id: 'APR_1001', name: 'mix' },
      programmes: [
        { id: 'APR_1001', name: 'mix' },
        { id: 'APR_1002', name: 'dub' },
      ],
      dbmd: undefined,
    }),
  ).toBe('programme: "mix" (APR_1001), ITU-R_BS.2076-2\nother programmes: APR_1002 "dub"');
});

test('a studio master: every field in words', () => {
  const text = admText({
    version: undefined,
    programme: { id: 'APR_1001', name: 'Atmos_Master' },
    programmes: [],
    dbmd: {
      digitalPlus: {
        acmod: 7,
        bsmod: 0,
        lfeOn: true,
        langcode: false,
        copyright: true,
        original: true,
        dialnorm: 31,
      },
      atmos: {
        text: '',
        creationTool: 'Tool',
        creationToolVersion: [1, 8, 0],
        frameRate: '23.976',
        firstFrameOfAction: { hours: 1, minutes: 0, seconds: 2.5 },
        downmixType: 'ltRtPLII',
        phaseShift90: 'on',
        bedDistribution: 2,
        warpMode: 'warping',
      },
      supplement: {
        trims: {
          '2.0': trim,
          '5.1': { ...trim, automatic: false, surroundDb: -3 },
          '7.1': trim,
          '2.1.2': trim,
          '5.1.2': trim,
          '7.1.2': trim,
          '2.1.4': trim,
          '5.1.4': trim,
          '7.1.4': trim,
        },
        channels: [
          { trim: 'applied', binauralMode: 'near', headTracking: 'scene' },
          { trim: 'applied', binauralMode: 'off', headTracking: 'scene' },
          { trim: 'ignored', binauralMode: 'near', headTracking: 'scene' },
        ],
      },
    },
  });
  expect(text.split('\n')).toEqual([
    'programme: "Atmos_Master" (APR_1001)',
    'made with: Tool 1.8.0',
    'frame rate: 23.976, first frame of action: 01:00:02.50000',
    '5.1 downmix: warping (direct render with room balance); stereo downmix: Lt/Rt Pro Logic II, 90 degree phase shift: on',
    'binaural modes: 2 near, 1 off',
    'trims: automatic but for 5.1 (centre 0.0 dB, surround -3.0 dB, height 0.0 dB, balance 0.00 and 0.00)',
    'trims by channel: 2 applied, 1 ignored',
    'Dolby Digital Plus: acmod 7 with LFE, dialnorm 31',
  ]);
});
