import { expect, test } from 'vitest';
import { damfText } from '../../src/cli/damf-text.ts';

const nothing = {
  trims: {},
  warpMode: undefined,
  downmixType: undefined,
  phaseShift90: undefined,
  frameRate: undefined,
  firstFrameOfActionSec: undefined,
};

test('a master that says nothing, and one that says all', () => {
  expect(damfText({ version: '0.5.1', type: 'home', creationTool: undefined, delivery: nothing })).toBe(
    [
      'master: DAMF 0.5.1, home',
      'made with: unknown',
      'frame rate: not indicated, first frame of action: none',
      '5.1 downmix: not indicated; stereo downmix: not indicated, 90 degree phase shift: not indicated',
      'trims: not indicated',
    ].join('\n'),
  );
  const trim = {
    automatic: false,
    centreDb: 0,
    surroundDb: -3,
    heightDb: -1.5,
    overheadFloorBalance: 0,
    listenerBalance: 0,
  };
  const delivery = {
    trims: { '5.1': trim },
    warpMode: 'warping' as const,
    downmixType: 'ltRtPLII' as const,
    phaseShift90: true,
    frameRate: '24' as const,
    firstFrameOfActionSec: 2,
  };
  const text = damfText({ version: '0.3', type: undefined, creationTool: 'tool 1.0', delivery });
  expect(text).toContain('made with: tool 1.0\nframe rate: 24, first frame of action: 2.000 s\n');
  expect(text).toContain(
    'Lt/Rt Pro Logic II, 90 degree phase shift: on\ntrims: automatic but for 5.1 (centre',
  );
});
