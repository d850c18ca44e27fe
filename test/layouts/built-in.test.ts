import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { LayoutError } from '../../src/base/errors.ts';
import { builtInLayouts, findLayout, getLayout, layoutNames } from '../../src/layouts/built-in.ts';
import { parseLayout } from '../../src/layouts/custom.ts';
import { whyNotSurrounding } from '../../src/layouts/surrounding.ts';
import { channelCountOf } from '../../src/layouts/layout.ts';
import { nominalPosition } from '../../src/layouts/labels.ts';
import { createBedRouter } from '../../src/render/panner/bed-router.ts';
import { mappingRules } from '../../src/render/panner/mapping-rules.ts';
import { elementDefaults } from '../../src/scene/make-scene.ts';
import { layoutPage } from '../../scripts/layout-table.mjs';

describe('built-in layouts', () => {
  test("their files are as good as a user's has to be, and none is forgotten", () => {
    const folder = resolve(import.meta.dirname, '../../layouts');
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const parsed = names.map((name) =>
      parseLayout(JSON.parse(readFileSync(join(folder, name), 'utf8')), name),
    );
    expect(parsed.length).toBe(builtInLayouts.length);
    for (const layout of parsed) expect(findLayout(layout.name)).toEqual(layout);
  });

  test.each([
    ['2.0', '0+2+0', 2],
    ['5.1', '0+5+0', 6],
    ['5.1.2', '2+5+0', 8],
    ['5.1.4', '4+5+0', 10],
    ['7.1', '0+7+0', 8],
    ['7.1.2', '2+7+0', 10],
    ['7.1.4', '4+7+0', 12],
    ['9.1.6', '6+9+0', 16],
    ['10.2', '3+7+0', 12],
    ['22.2', '9+10+3', 24],
    ['mono', '0+1+0', 1],
    ['3.1.2', '2+3+0', 6],
    ['4+5+1', '4+5+1', 11],
    ['4+9+0', '4+9+0', 14],
  ])('%s is %s with %i channels', (alias, name, channels) => {
    expect(getLayout(alias)).toMatchObject({ name });
    expect(getLayout(name)).toBe(findLayout(alias));
    expect(channelCountOf(getLayout(alias))).toBe(channels);
  });

  test('7.1.4 is in BS.2051 order: sides before rears', () => {
    expect(getLayout('7.1.4').loudspeakers.map((loudspeaker) => loudspeaker.label)).toEqual(
      'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+045 U-045 U+135 U-135'.split(' '),
    );
  });

  test('positions are the nominal ones of their labels, inside their ranges', () => {
    for (const layout of builtInLayouts) {
      for (const {
        label,
        azimuthDeg,
        elevationDeg,
        azimuthRangeDeg,
        elevationRangeDeg,
      } of layout.loudspeakers) {
        expect({ label, azimuthDeg, elevationDeg }).toEqual({ label, ...nominalPosition(label) });
        expect(azimuthRangeDeg[0]).toBeLessThanOrEqual(azimuthDeg);
        expect(azimuthRangeDeg[1]).toBeGreaterThanOrEqual(azimuthDeg);
        expect(elevationRangeDeg[0]).toBeLessThanOrEqual(elevationDeg);
        expect(elevationRangeDeg[1]).toBeGreaterThanOrEqual(elevationDeg);
      }
    }
  });

  test('every layout surrounds the listener or says what it is folded from', () => {
    for (const layout of builtInLayouts) {
      expect([
        layout.name,
        layout.foldFrom === undefined || findLayout(layout.foldFrom) !== undefined,
      ]).toEqual([layout.name, true]);
      expect([layout.name, whyNotSurrounding(layout) === undefined]).toEqual([
        layout.name,
        layout.foldFrom === undefined,
      ]);
    }
  });

  test('names and aliases are unique, and stereo is a fold-down, not a layout', () => {
    expect(new Set(layoutNames()).size).toBe(
      builtInLayouts.flatMap((layout) => [layout.name, ...layout.aliases]).length,
    );
    expect(findLayout('stereo')).toBeUndefined();
  });

  test('an unknown name brings the nearest known one', () => {
    expect(findLayout('7.1.5')).toBeUndefined();
    const error = (() => {
      try {
        return getLayout('7.1.44');
      } catch (thrown) {
        return thrown as LayoutError;
      }
    })();
    expect(error).toBeInstanceOf(LayoutError);
    expect(error).toMatchObject({ code: 'unknown-layout', hint: 'did you mean "7.1.4"?' });
  });
});

test('layouts/README.md says what the code does', async () => {
  const file = resolve(import.meta.dirname, '../../layouts/README.md');
  const modules = { builtInLayouts, mappingRules, createBedRouter, elementDefaults };
  const page = await format(layoutPage(modules), { parser: 'markdown' });
  expect(readFileSync(file, 'utf8'), 'npm run build:layouts writes it anew').toBe(page);
});
