import { expect, test } from 'vitest';
import { formatJson, formatReport, type MasterReport } from '../../src/deliver/report.ts';

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
