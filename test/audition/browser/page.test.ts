import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi, type TestContext } from 'vitest';
import type { Audition, startAudition } from '../../../src/audition/server/start-audition.ts';
import { temporaryFolder, whiteNoise, writeSmallScene, writeWav } from '../../cli/cli-support.ts';
import { openPage, startChromium, stopChromium } from './chromium.ts';

/** The built package: its page and its threads are what is tested. */
const built = (await import(import.meta.resolve('periphon'))) as { startAudition: typeof startAudition };

const folder = temporaryFolder();
const lengthSec = 20;
let audition: Audition;

beforeAll(async () => {
  vi.stubEnv('PERIPHON_CACHE_DIR', mkdtempSync(join(folder, 'cache')));
  const write = (target: string, count: number, amplitude: number): void =>
    writeWav(
      join(folder, `song.${target}.wav`),
      Array.from({ length: count }, (_, channel) => whiteNoise(channel + 1, amplitude)),
      lengthSec * 48_000,
      count === 6 ? { channelMask: 0x60f } : {},
    );
  write('binaural', 2, 0.1);
  write('stereo', 2, 0.3);
  write('5.1', 6, 0.1);
  audition = await built.startAudition({ input: folder, scene: writeSmallScene(folder, lengthSec) });
  await startChromium();
});
afterAll(async () => {
  await stopChromium();
  await audition?.close();
  vi.unstubAllEnvs();
});

/** Sound in real time: a machine that is busy with other tests may come too late once. */
const realTime = { timeout: 90_000, retry: 2 };

/** Opens the page and waits until it stands. */
async function openAudition(context: TestContext, colorScheme: 'dark' | 'light' = 'dark') {
  const opened = await openPage(context, { viewport: { width: 1280, height: 720 }, colorScheme });
  await opened.page.goto(audition.url);
  await opened.page.getByRole('region', { name: 'Sources' }).waitFor();
  return opened;
}

/** The position that the page shows, in seconds. */
const positionSec = async (page: Page): Promise<number> => {
  const [, minutes, seconds] = /(\d+):(\d+\.\d)/.exec(
    await page.getByRole('region', { name: 'Transport' }).innerText(),
  )!;
  return 60 * Number(minutes) + Number(seconds);
};

test('the page plays all sources in time, with keys, and complains of nothing', realTime, async (context) => {
  const { page, complaints } = await openAudition(context);
  await page.keyboard.press('Space');
  await expect.poll(() => positionSec(page), { timeout: 20_000 }).toBeGreaterThan(0.5);
  for (const [index, { label }] of audition.session.sources.entries()) {
    await page.keyboard.press(String(index + 1));
    await page.locator(`[title="Hear ${label} (${index + 1})"][aria-pressed="true"]`).waitFor();
    await page.keyboard.press('Home');
    const before = await positionSec(page);
    await expect.poll(() => positionSec(page), { timeout: 20_000 }).not.toBe(before);
  }
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('sources are matched to the quietest, and the gains are shown', realTime, async (context) => {
  const { page } = await openAudition(context);
  const gainOf = async (label: string): Promise<number> => {
    const text = await page.getByTitle(`Hear ${label}`).innerText();
    return Number(/([−-]?\d+\.\d) dB/.exec(text)?.[1]?.replace('−', '-') ?? NaN);
  };
  await expect.poll(() => gainOf('Stereo'), { timeout: 40_000 }).toBeLessThan(0);
  // The same noise three times as large: 9.54 dB.
  expect((await gainOf('Stereo')) - (await gainOf('Binaural'))).toBeCloseTo(-9.5, 0);
});

test('notes outlive a reload', realTime, async (context) => {
  const { page } = await openAudition(context);
  await page.keyboard.press('n');
  await page.getByPlaceholder('What do you hear?').fill('the chorus is wide');
  await page.keyboard.press('Enter');
  const saved = async (): Promise<string> =>
    readFile(join(folder, 'audition-notes.json'), 'utf8').catch(() => '');
  await expect.poll(saved, { timeout: 10_000 }).toContain('the chorus is wide');
  await page.reload();
  await page.getByRole('tab', { name: /Notes/ }).click();
  await page.getByText('the chorus is wide').waitFor();
});

test('the theme that was chosen is that of the next audition, on another port', realTime, async (context) => {
  const { page } = await openAudition(context, 'dark');
  const shown = () => page.evaluate(() => document.documentElement.dataset['theme']);
  expect(await shown()).toBe('dark');
  await page.keyboard.press('t');
  await page.keyboard.press('t');
  expect(await shown()).toBe('light');
  const next = await built.startAudition({ input: folder });
  try {
    expect(new URL(next.url).port).not.toBe(new URL(audition.url).port);
    await page.goto(next.url);
    await page.getByRole('region', { name: 'Sources' }).waitFor();
    expect(await shown()).toBe('light');
  } finally {
    await page.goto('about:blank');
    await next.close();
  }
});

test(
  'a link on a page of another origin opens the audition; a frame stays empty',
  realTime,
  async (context) => {
    const { page } = await openPage(context);
    const server = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<a href="${audition.url}" target="_blank">audition</a><iframe src="${audition.url}"></iframe>`),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const framed = page.waitForResponse((response) => response.url() === audition.url);
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      expect((await framed).status()).toBe(403);
      const opening = page.waitForEvent('popup');
      await page.getByRole('link').click();
      const opened = await opening;
      await opened.getByRole('region', { name: 'Sources' }).waitFor();
      expect(await opened.evaluate(() => [window.opener, crossOriginIsolated])).toEqual([null, true]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

test.for(['dark', 'light'] as const)(
  'axe finds no serious fault, %s',
  realTime,
  async (colorScheme, context) => {
    const { page } = await openAudition(context, colorScheme);
    await page.getByRole('region', { name: 'Elements of the scene' }).waitFor();
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // As an expression, not as a script of the page: its policy allows none but its own.
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFault[] }> } }
      ).axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
    expect(faults).toEqual([]);
  },
);

interface AxeFault {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}
