/** What keeps a short text under a name. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem'>;

/** Browsers keep a cookie for so long at most. */
const keptSec = 400 * 24 * 3600;

/**
 * Keeps texts in cookies. They belong to the host, whatever its port, where the storage of a page belongs to its origin:
 * every audition has a port of its own.
 */
export const createCookieStore = (document: Pick<Document, 'cookie'>): TextStore => ({
  getItem(name) {
    const start = `${name}=`;
    const pair = document.cookie.split('; ').find((cookie) => cookie.startsWith(start));
    return pair === undefined ? null : decodeURIComponent(pair.slice(start.length));
  },
  setItem(name, value) {
    document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${keptSec}; SameSite=Strict`;
  },
});
