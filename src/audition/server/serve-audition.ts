import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ConfigError, type WarningHandler } from '../../base/errors.ts';
import { readWholeFile } from '../../io/input-file.ts';
import { notFound, RequestError, sendError } from './answers.ts';
import {
  askerOf,
  createToken,
  isLoopback,
  ownNames,
  partsBehindToken,
  type ServerAddress,
} from './request-guard.ts';
import { answer, type Served } from './routes.ts';
import { securityHeaders } from './security-headers.ts';

/** Where a server listens. */
export interface ListenOptions {
  /** Address to listen on; 127.0.0.1, which no other machine reaches, where undefined. */
  readonly host?: string | undefined;
  /** A free one where undefined or 0. */
  readonly port?: number | undefined;
  /** Files of a certificate and its key (PEM): the page then comes over https. */
  readonly certificate?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Address of the page, token included. */
  readonly url: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Serves a session to whoever knows its token, a new one each time. @throws ConfigError 'listen' where the address
 * cannot be had, 'bad-certificate'; FormatError where the certificate cannot be read
 */
export async function serveAudition(served: Served, options: ListenOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, certificate, onWarning } = options;
  const server = await createServer(certificate);
  const scheme = certificate ? 'https' : 'http';
  const address: ServerAddress = { scheme, host, port: await listen(server, host, port) };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  try {
    if (!isLoopback(host)) onWarning?.({ code: 'audition-open', message: openWarning(address) });
  } catch (error) {
    await close();
    throw error;
  }
  const token = createToken();
  server.on('request', createListener(served, address, token));
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `${scheme}://${name}:${address.port}/${token}/`, close };
}

function openWarning({ scheme, host, port }: ServerAddress): string {
  const open = `listens on ${host}:${port}: other machines reach it, and whoever knows the address hears everything`;
  return scheme === 'https'
    ? open
    : `${open}; browsers play no sound of a page that comes over http from another machine: give --cert and --key`;
}

async function createServer(certificate: ListenOptions['certificate']): Promise<Server> {
  if (!certificate) return createHttpServer();
  const [cert, key] = await Promise.all([
    readWholeFile(certificate.certFile),
    readWholeFile(certificate.keyFile),
  ]);
  try {
    return createHttpsServer({ cert: Buffer.from(cert), key: Buffer.from(key) });
  } catch (error) {
    const { certFile, keyFile } = certificate;
    const message = `${certFile} and ${keyFile} are no certificate with its key: ${(error as Error).message}`;
    throw new ConfigError('bad-certificate', message, { file: certFile, cause: error });
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: 'the port is in use',
        EACCES: 'no permission',
        EADDRNOTAVAIL: 'this machine has no such address',
        ENOTFOUND: 'no such name',
      };
      const reason = reasons[error.code ?? ''] ?? error.message;
      const message = `cannot listen on ${host}:${port}: ${reason}`;
      reject(new ConfigError('listen', message, { cause: error, hint: 'leave --port out for a free one' }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function createListener(served: Served, address: ServerAddress, token: string) {
  const names = ownNames(address);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = (): RequestError => new RequestError(403, 'refused', 'not for you');
    const asker = askerOf(request.headers, address, names);
    if (asker === 'stranger') throw refused();
    const url = request.url ?? '';
    const parts = partsBehindToken(url, token);
    if (!parts) throw notFound();
    // A link leads to the page; all that the page then asks for, it asks for itself.
    if (asker === 'link' && parts.join('/') !== '') throw refused();
    if (parts.length === 0) {
      response.writeHead(308, { Location: `/${token}/` }).end();
      return;
    }
    const query = new URLSearchParams(url.split('?')[1] ?? '');
    await answer(served, { request, response, parts, query });
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    serve(request, response).catch((error: unknown) => sendError(response, error));
  };
}
