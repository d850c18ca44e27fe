import { expect, test } from 'vitest';
import { liveScene } from '../../../src/audition/protocol/live-scene.ts';
import { ambisonicChannelCount } from '../../../src/render/ambisonic/ambisonic-format.ts';

test('its channels are those of the renderer', () => {
  const { order, settings, channelCount } = liveScene;
  expect(ambisonicChannelCount(order, settings.ambisonics)).toBe(channelCount);
});
