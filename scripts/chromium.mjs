import { existsSync } from 'node:fs';

/**
 * Sound without a gesture, WebGL in software, and no attempt to reach the network. All else is drawn without it, as
 * browsers do that have no graphics card: canvases drawn by software GL wait for it for seconds.
 */
export const chromiumArguments = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-accelerated-2d-canvas',
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
 * the system, else undefined.
 */
export async function findChromium() {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium');
    return packed.executablePath();
  }
  return systemBrowsers.find(existsSync);
}
