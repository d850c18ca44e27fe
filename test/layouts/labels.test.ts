import { describe, expect, test } from 'vitest';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import { isLfeLabel, nominalPosition, normalizeBedLabels, normalizeLabel } from '../../src/layouts/labels.ts';

const labelsOf = (name: string): string[] =>
  getLayout(name).loudspeakers.map((loudspeaker) => loudspeaker.label);

describe('normalizeLabel', () => {
  test.each([
    ['M+030', 'M+030'],
    ['m-110', 'M-110'],
    ['urn:itu:bs:2051:0:speaker:M+030', 'M+030'],
    ['urn:itu:bs:2051:0:speaker:LFE', 'LFE1'],
    ['RC_Lss', 'M+090'],
    ['RC_Rrs', 'M-135'],
    ['RC_Lts', 'U+090'],
    ['RC_LFE', 'LFE1'],
    ['L', 'M+030'],
    ['R', 'M-030'],
    ['C', 'M+000'],
    ['Lw', 'M+060'],
    ['Rtf', 'U-045'],
    ['Rtb', 'U-135'],
    ['Rtr', 'U-135'],
    ['Ltm', 'U+090'],
    ['SR', 'M-090'],
    ['BL', 'M+135'],
    ['FRC', 'M-SC'],
    ['TpBR', 'U-135'],
    ['TpSiL', 'U+090'],
    ['SiR', 'M-090'],
    ['BtFR', 'B-045'],
    ['LFEL', 'LFE1'],
    ['LFER', 'LFE2'],
    ['vocal', undefined],
    ['M+200', undefined],
    ['', undefined],
  ])('%s is %s', (alias, label) => expect(normalizeLabel(alias)).toBe(label));

  test('the layout decides names that mean several loudspeakers', () => {
    expect(normalizeLabel('Ls', getLayout('5.1'))).toBe('M+110');
    expect(normalizeLabel('Ls', getLayout('7.1.4'))).toBe('M+090');
    expect(normalizeLabel('BR', getLayout('5.1'))).toBe('M-110');
    expect(normalizeLabel('BR', getLayout('7.1'))).toBe('M-135');
    expect(normalizeLabel('Ltf', getLayout('5.1.4'))).toBe('U+030');
    expect(normalizeLabel('Ltf', getLayout('7.1.4'))).toBe('U+045');
    expect(normalizeLabel('Rtf', getLayout('7.1.2'))).toBe('U-090');
    expect(normalizeLabel('Rtr', getLayout('5.1.4'))).toBe('U-110');
    expect(normalizeLabel('FL', getLayout('22.2'))).toBe('M+060');
    expect(normalizeLabel('FLc', getLayout('22.2'))).toBe('M+030');
    expect(normalizeLabel('R', getLayout('9.1.6'))).toBe('M-030');
  });

  test.each([
    ['5.1', 'L R C LFE Ls Rs'],
    ['7.1', 'L R C LFE Lss Rss Lrs Rrs'],
    ['7.1', 'L R C LFE Ls Rs Lb Rb'],
    ['7.1.2', 'RC_L RC_R RC_C RC_LFE RC_Lss RC_Rss RC_Lrs RC_Rrs RC_Lts RC_Rts'],
    ['5.1.4', 'L R C LFE Ls Rs Ltf Rtf Ltr Rtr'],
    ['7.1.4', 'L R C LFE Lss Rss Lrs Rrs Ltf Rtf Ltb Rtb'],
    ['7.1.4', 'FL FR FC LFE SL SR BL BR TFL TFR TBL TBR'],
    ['9.1.6', 'L R C LFE Lss Rss Lrs Rrs Lw Rw Ltf Rtf Ltm Rtm Ltr Rtr'],
    [
      '22.2',
      'FL FR FC LFE1 BL BR FLc FRc BC LFE2 SiL SiR TpFL TpFR TpFC TpC TpBL TpBR TpSiL TpSiR TpBC BtFC BtFL BtFR',
    ],
  ])('usual names of %s: %s', (layout, names) => {
    expect(normalizeBedLabels(names.split(' '), getLayout(layout))).toEqual(labelsOf(layout));
  });
});

describe('normalizeBedLabels without a layout', () => {
  test('Ls is the side where the bed has rears, the surround of 5.1 where it has none', () => {
    expect(normalizeBedLabels(['L', 'R', 'Ls', 'Rs', 'Lsr', 'Rsr'])).toEqual(
      'M+030 M-030 M+090 M-090 M+135 M-135'.split(' '),
    );
    expect(normalizeBedLabels(['L', 'R', 'Ls', 'Rs', 'x'])).toEqual([
      'M+030',
      'M-030',
      'M+110',
      'M-110',
      undefined,
    ]);
  });
});

test('every built-in label is its own normal form and has a nominal position', () => {
  for (const { label } of builtInLayouts.flatMap((layout) => layout.loudspeakers)) {
    expect(normalizeLabel(label)).toBe(label);
    expect(nominalPosition(label)).toBeDefined();
  }
});

test('nominal positions follow layer and number', () => {
  expect(nominalPosition('U-110')).toEqual({ azimuthDeg: -110, elevationDeg: 30 });
  expect(nominalPosition('UH+180')).toEqual({ azimuthDeg: 180, elevationDeg: 45 });
  expect(nominalPosition('T+000')).toEqual({ azimuthDeg: 0, elevationDeg: 90 });
  expect(nominalPosition('Ls')).toBeUndefined();
});

test('LFE labels', () => {
  expect(['LFE', 'LFE2', 'RC_LFE', 'urn:itu:bs:2051:1:speaker:LFER'].map(isLfeLabel)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['L', 'Lfe3', 'vocal'].map(isLfeLabel)).toEqual([false, false, false]);
});
