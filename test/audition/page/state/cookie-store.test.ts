import { expect, test } from 'vitest';
import { createCookieStore } from '../../../../src/audition/page/state/cookie-store.ts';

test('finds a text among the cookies of the host', () => {
  const store = createCookieStore({ cookie: 'other-theme=pink; theme=light%3B; themes=dark' });
  expect(store.getItem('theme')).toBe('light;');
  expect(store.getItem('theme2')).toBeNull();
  expect(createCookieStore({ cookie: '' }).getItem('theme')).toBeNull();
});

test('keeps a text for all ports and all addresses of the host, out of reach of other sites', () => {
  const document = { cookie: '' };
  createCookieStore(document).setItem('theme', 'a;b');
  expect(document.cookie).toBe('theme=a%3Bb; Path=/; Max-Age=34560000; SameSite=Strict');
});
