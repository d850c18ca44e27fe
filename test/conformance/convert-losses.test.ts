import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convertFormats } from '../../src/job/convert-format.ts';
import { jobFolder } from '../job/scenes.ts';
import { fateOf, properties } from './convert-losses.ts';

/**
 * Every property of the scene model, written in every format and read again: it is the same, or a warning says by name
 * that it is lost, or the scene is refused. README.md shows the result.
 */
const folder = jobFolder();
const fates = new Map<string, readonly string[]>();

test.each(properties)('$name: kept, or lost with a word of it', async (property) => {
  const found: string[] = [];
  for (const format of convertFormats) found.push(await fateOf(property, format, folder));
  expect(found.filter((fate) => !['kept', 'lost', 'refused'].includes(fate))).toEqual([]);
  fates.set(property.name, found);
});

test('README.md says what each format does not hold', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
  expect(readme).toContain(`| of a scene | ${convertFormats.map((name) => `\`${name}\``).join(' | ')} |`);
  const namesByFates = new Map<string, string[]>();
  for (const [name, found] of fates) {
    const key = found.join(' | ');
    namesByFates.set(key, [...(namesByFates.get(key) ?? []), name]);
  }
  for (const [key, names] of namesByFates) {
    if (/lost|refused/.test(key)) expect(readme).toContain(`| ${names.join(', ')} | ${key} |`);
  }
});
