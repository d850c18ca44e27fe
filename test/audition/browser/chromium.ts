import { existsSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import type { TestContext } from 'vitest';
import { skipTest } from '../../support.ts';

/** Sound without a gesture, WebGL in software, and no attempt to reach the network. */
const launchArguments = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Browsers of the system, where the one from npm does not run. */
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium: that of npm's @sparticuz/chromium on Linux x64, which unpacks itself on its first call, else one of
 * the system.
 */
export async function findChromium(): Promise<string | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium');
    return packed.executablePath();
  }
  return systemBrowsers.find(existsSync);
}

let launched: Promise<Browser | string> | undefined;

/** Launches the file's one browser. @returns why not, where none runs here */
async function launch(): Promise<Browser | string> {
  try {
    const executablePath = await findChromium();
    if (!executablePath) return 'no Chromium: @sparticuz/chromium is for Linux x64, and the system has none';
    return await chromium.launch({ executablePath, args: launchArguments });
  } catch (error) {
    return `Chromium does not start: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** Starts the browser of this test file, so that the first test does not wait for it; for `beforeAll`. */
export async function startChromium(): Promise<void> {
  launched ??= launch();
  await launched;
}

/** Ends the browser of this test file; for `afterAll`. */
export async function stopChromium(): Promise<void> {
  const browser = await launched;
  launched = undefined;
  if (typeof browser === 'object') await browser.close();
}

/** A page of a context of its own, and what it complained of: errors, and requests that failed. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

/** Opens a new page; skips the test, with the reason, where no Chromium runs. */
export async function openPage(test: TestContext, options: BrowserContextOptions = {}): Promise<OpenPage> {
  launched ??= launch();
  const browser = await launched;
  if (typeof browser === 'string') return skipTest(test, browser);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, context, complaints };
}
