import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';

/** A new token: 192 random bits, fit for a URL. */
export const createToken = (): string => randomBytes(24).toString('base64url');

/** Whether two texts are the same, in a time that says nothing of where they differ. */
export function isSameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Where a server is to be found. */
export interface ServerAddress {
  readonly scheme: 'http' | 'https';
  /** As it was asked for: "127.0.0.1", "0.0.0.0", "studio.local". */
  readonly host: string;
  readonly port: number;
}

/** Whether an address is reached from this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/**
 * Names under which a server may be called. A page of another site can make a browser call us under that site's name
 * (DNS rebinding), so every other name is refused.
 */
export function ownNames({ host }: Pick<ServerAddress, 'host'>): ReadonlySet<string> {
  const names = isLoopback(host) ? ['localhost', '127.0.0.1', '::1', host] : [host];
  if (isAnyAddress(host)) {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    names.push('localhost', hostname(), ...addresses.map(({ address }) => address));
  }
  return new Set(names.map((name) => name.toLowerCase()));
}

/** "::1" of "[::1]:4000"; undefined where the port is not ours. */
function nameOfHost(header: string, { scheme, port }: ServerAddress): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(header);
  if (!match) return undefined;
  const statedPort = match[2] === undefined ? (scheme === 'https' ? 443 : 80) : Number(match[2]);
  return statedPort === port ? match[1]!.replace(/^\[|\]$/g, '').toLowerCase() : undefined;
}

/** Who asks: our page or who typed the address; who followed a link of another page to ours; or anyone else. */
export type Asker = 'own' | 'link' | 'stranger';

/**
 * Who asks, as far as the browser says it. Whoever calls us by a name that is not ours is a stranger, and so is every
 * other site but for its links: a link opens the page as a window of its own, which that site can neither read nor frame
 * (COOP, `frame-ancestors`). A terminal that runs in a browser is such a site.
 */
export function askerOf(
  headers: IncomingHttpHeaders,
  address: ServerAddress,
  names: ReadonlySet<string>,
): Asker {
  const { host, origin } = headers;
  const name = host === undefined ? undefined : nameOfHost(host, address);
  if (name === undefined || !names.has(name)) return 'stranger';
  if (origin !== undefined && origin.toLowerCase() !== `${address.scheme}://${host!.toLowerCase()}`)
    return 'stranger';
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return 'own';
  const isWindow = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isWindow ? 'link' : 'stranger';
}

/**
 * The parts of the path of a request behind the token, decoded; undefined where the token is wrong, or where a part is
 * not what a name can be: `..`, a slash or backslash in it, NUL, or not well encoded.
 * @returns ['api', 'session'] of "/TOKEN/api/session"; [''] of "/TOKEN/"; [] of "/TOKEN"
 */
export function partsBehindToken(url: string, token: string): readonly string[] | undefined {
  const path = url.split(/[?#]/, 1)[0]!;
  const [root, given, ...parts] = path.split('/');
  if (root !== '' || given === undefined || !isSameText(given, token)) return undefined;
  const decoded = parts.map(decodePart);
  return decoded.every((part) => part !== undefined) ? decoded : undefined;
}

function decodePart(part: string): string | undefined {
  try {
    const name = decodeURIComponent(part);
    // eslint-disable-next-line no-control-regex -- control characters are exactly what must not be there
    return name === '.' || name === '..' || /[/\\\u0000-\u001f]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}
