import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import type { TestContext } from 'vitest';
import { chromiumArguments, findChromium } from '../../../scripts/chromium.mjs';
import { skipTest } from '../../support.ts';

let launched: Promise<Browser | string> | undefined;

/** Launches the file's one browser. @returns why not, where none runs here */
async function launch(): Promise<Browser | string> {
  try {
    const executablePath = await findChromium();
    if (!executablePath) return 'no Chromium: @sparticuz/chromium is for Linux x64, and the system has none';
    return await chromium.launch({ executablePath, args: chromiumArguments });
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
