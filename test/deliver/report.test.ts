import { expect, test } from 'vitest';
import {
  formatJson,
  formatReport,
  verdictOf,
  type Check,
  type MasterReport,
} from '../../src/deliver/report.ts';

test('silence is null, and the text ends with a line break', () => {
  expect(formatJson({ integratedLufs: -Infinity, peak: -1.5, none: undefined })).toBe(
    '{\n  "integratedLufs": null,\n  "peak": -1.5\n}\n',
  );
});

test('a report keeps its order of targets', () => {
  const report = {
    version: 1,
    generator: 'periphon 0.1.0',
    scene: 'song',
    targets: [{ target: '7.1.4' }, { target: 'stereo' }],
  } as unknown as MasterReport;
  const parsed = JSON.parse(formatReport(report));
  expect(parsed.targets.map((entry: { target: string }) => entry.target)).toEqual(['7.1.4', 'stereo']);
});

test('a rule that is broken fails where it is required, and warns where it is recommended', () => {
  const verdict = (result: Check['result'], strength: Check['strength']) =>
    verdictOf({ result, strength } as Check);
  expect(verdict('fail', 'required')).toBe('fail');
  expect(verdict('fail', 'recommended')).toBe('warning');
  expect(verdict('pass', 'recommended')).toBe('pass');
  expect(verdict('not-verifiable', 'required')).toBe('not-verifiable');
});
