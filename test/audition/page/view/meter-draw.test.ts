import { expect, test } from 'vitest';
import { emptyBar, moveBar } from '../../../../src/audition/page/state/meter-ballistics.ts';
import { drawCorrelation, drawMeter } from '../../../../src/audition/page/view/meter-draw.ts';
import { recordPicture } from '../fakes.ts';

test('bars stand at their levels between the scale and their names', () => {
  const { picture, calls, texts } = recordPicture(104, 145);
  const bars = [moveBar(emptyBar, 10 ** (-20 / 20), 0), moveBar(emptyBar, 1, 0)];
  drawMeter(picture, bars, { labels: ['L', 'R'], hasScale: true, hasMaxima: true });
  // 100 pixels of scale: -20 dB is half of it.
  expect(calls).toContain('fillRect 33 68 22 50');
  expect(calls).toContain('fillRect 73 18 22 100');
  expect(texts()).toEqual(['0', '6', '12', '20', '40', '60', '\u221220.0', '0.0', 'L', 'R']);
  expect(calls).toContain('fillStyle bad');
});

test('names that would touch take turns in two rows', () => {
  const { picture, calls } = recordPicture(120, 145);
  const labels = ['LFE', 'Lss', 'Rss', 'Lrs', 'Rrs', 'Ltf'];
  drawMeter(
    picture,
    labels.map(() => emptyBar),
    { labels, hasScale: false, hasMaxima: false },
  );
  const rows = calls.filter((call) => call.startsWith('fillText')).map((call) => call.split(' ').at(-1));
  expect(new Set(rows).size).toBe(2);
  expect(rows).toHaveLength(6);
});

test('of many numbers some are written, of many names none', () => {
  const texts = (labels: readonly string[]): string[] => {
    const recorded = recordPicture(160, 145);
    const bars = labels.map(() => emptyBar);
    drawMeter(recorded.picture, bars, { labels, hasScale: false, hasMaxima: false });
    return recorded.texts();
  };
  const numbers = Array.from({ length: 30 }, (_, index) => String(index));
  expect(texts(numbers).slice(0, 3)).toEqual(['0', '3', '6']);
  expect(texts(numbers.map((number) => `voice ${number}`))).toEqual([]);
});

test('correlation grows from the middle, and is a warning below zero', () => {
  const right = recordPicture(200, 30);
  drawCorrelation(right.picture, 0.5);
  expect(right.calls).toContain('fillRect 100 4 50 6');
  expect(right.texts()).toContain('Correlation +0.50');
  const wrong = recordPicture(200, 30);
  drawCorrelation(wrong.picture, -1);
  expect(wrong.calls).toContain('fillStyle bad');
  const silent = recordPicture(200, 30);
  drawCorrelation(silent.picture, NaN);
  expect(silent.calls).not.toContain('fillStyle accent');
});
