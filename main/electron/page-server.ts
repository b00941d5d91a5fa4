import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { isAppUrl } from './app-url.ts';

/** What the build writes where a nonce belongs (electron.vite.config.ts). */
const noncePlaceholder = '__LEADFERRY_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Nothing but the app's own files; Fluent UI injects its styles, for which the nonce is. No network at all. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const refuse = (status: 404 | 405): Response => new Response(null, { status });

/**
 * Answers the requests of the window from the files that are in `directory` now: an exact list, made once, so that no path can
 * lead out of it. The page gets a nonce of its own on every load.
 */
export async function createPageServer(directory: string): Promise<(request: Request) => Promise<Response>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = new Map(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in contentTypes)
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(directory, path).split(sep).join('/')}`, path]),
  );

  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    if (!isAppUrl(request.url)) return refuse(404);
    const { pathname } = new URL(request.url);
    const path = files.get(pathname === '/' ? '/index.html' : pathname);
    if (path === undefined) return refuse(404);

    const headers = new Headers({
      'content-type': contentTypes[extname(path)] ?? '',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const body = await readFile(path);
    if (extname(path) !== '.html') return new Response(body, { headers });

    const nonce = randomBytes(16).toString('base64');
    headers.set('content-security-policy', contentSecurityPolicy(nonce));
    return new Response(body.toString('utf8').replaceAll(noncePlaceholder, nonce), { headers });
  };
}
