import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';
import { chromiumArguments, findChromium } from './chromium.mjs';
import { root, runNode } from './install.mjs';

/** What a laptop, a tablet and a studio's screen show. */
const sizes = [
  { width: 1280, height: 720 },
  { width: 820, height: 1180 },
  { width: 1920, height: 1080 },
];
const example = join(root, 'examples', 'master-stems');
const delivery = join(example, 'out', 'audition');
const pictures = join(root, 'docs', 'pictures');

/** Masters the example with checks and its scene, so that the page has something to show. */
function makeDelivery() {
  runNode(join(example, 'make-stems.mjs'));
  const targets = ['binaural', 'stereo', '7.1.4', '5.1', 'ambix3', 'adm'];
  runNode(join(root, 'dist', 'cli', 'main.js'), [
    'master',
    join(example, 'song.scene.json'),
    ...targets.flatMap((target) => ['--to', target]),
    ...['--profile', 'apple-music', '--profile', 'spotify'],
    ...['--recipe', join(example, 'recipe.yaml'), '--out', delivery, '--overwrite'],
  ]);
}

/** One picture: the song plays, past the overview's making and into its middle. */
async function takePicture(browser, url, { width, height }, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await page.goto(url);
  // Figures come one source after the other.
  await page.getByText(/^All at [^,]+$/).waitFor({ timeout: 120_000 });
  // The scene: the last of the sources.
  await page.keyboard.press('7');
  await page.keyboard.press('Space');
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(4000);
  await page.screenshot({
    path: join(pictures, `audition-${width}x${height}-${colorScheme}.png`),
    timeout: 120_000,
  });
  await context.close();
}

await build();
makeDelivery();
mkdirSync(pictures, { recursive: true });
const { startAudition } = await import('../dist/index.js');
const audition = await startAudition({
  input: delivery,
  stereoMaster: join(example, 'stems', 'stereo-master.wav'),
});
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
for (const size of sizes)
  for (const colorScheme of ['dark', 'light']) await takePicture(browser, audition.url, size, colorScheme);
await browser.close();
await audition.close();
