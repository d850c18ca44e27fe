import { findChromium } from '../../../scripts/chromium.mjs';

/** Unpacks the browser before tests start: two files of tests that did so at once would take half a browser. */
export async function setup(): Promise<void> {
  // What goes wrong here is told by the tests that want a browser.
  await findChromium().catch(() => undefined);
}
