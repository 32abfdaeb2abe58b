import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { common } from '#src/texts/common.ts';
import { languages } from '#src/texts/language.ts';
import { accepts, type Encoding } from '#src/web/http/compression.ts';
import { scriptTexts } from '#src/web/session/texts.ts';

interface Asset {
  readonly url: string;
  readonly integrity: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Compressed once, on the first request, outside the main thread. */
  readonly compressed: Map<Encoding, Promise<Buffer>>;
}

/** Of those that a client takes, the first one. */
const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const encodings = ['br', 'gzip'] as const;

/** `replaced`: parts of a script that only the server can write, such as the addresses of other files. */
function load(name: string, type: string, replaced: Readonly<Record<string, string>> = {}): Asset {
  const file = readFileSync(new URL(`../assets/${name}`, import.meta.url));
  const bytes = name.endsWith('.js') ? Buffer.from(withReplaced(bare(file.toString()), replaced)) : file;
  const digest = createHash('sha256').update(bytes).digest();
  // The beginning of what stands in `integrity`: the same bytes again are compressed away.
  const version = digest.toString('base64url').slice(0, 8);
  const url = `/assets/${name.replace('.', `.${version}.`)}`;
  return { url, integrity: `sha256-${digest.toString('base64')}`, type, bytes, compressed: new Map() };
}

function withReplaced(script: string, replaced: Readonly<Record<string, string>>): string {
  return Object.entries(replaced).reduce((text, [part, value]) => {
    if (!text.includes(part)) throw new Error(`A script no longer contains ${part}`);
    return text.replace(part, () => value);
  }, script);
}

/** A script as browsers get it: comments, types and indentation are a fifth of it. No template of ours has two lines. */
function bare(script: string): string {
  return script.replace(/^ *\/\*\*(?:[^*]|\*(?!\/))*\*\/\n|^ *\/\/.*\n|\/\*\*.*?\*\/ |^ +/gm, '');
}

const sessionScript = load('session.js', 'text/javascript; charset=utf-8', {
  'const texts = {}': `const texts = ${JSON.stringify(scriptTexts)}`,
});

const fileScript = load('file.js', 'text/javascript; charset=utf-8');

const sending = Object.fromEntries(languages.map((language) => [language, common[language].sending]));

const files = {
  'app.css': load('app.css', 'text/css; charset=utf-8'),
  'exercise.css': load('exercise.css', 'text/css; charset=utf-8'),
  'board.css': load('board.css', 'text/css; charset=utf-8'),
  'board.js': load('board.js', 'text/javascript; charset=utf-8'),
  'app.js': load('app.js', 'text/javascript; charset=utf-8', {
    '/assets/session.js': sessionScript.url,
    '/assets/file.js': fileScript.url,
    'const sending = {}': `const sending = ${JSON.stringify(sending)}`,
  }),
  'session.js': sessionScript,
  'file.js': fileScript,
  'sms.js': load('sms.js', 'text/javascript; charset=utf-8'),
  'offline.js': load('offline.js', 'text/javascript; charset=utf-8'),
  'passwords.js': load('passwords.js', 'text/javascript; charset=utf-8'),
  'icon.svg': load('icon.svg', 'image/svg+xml'),
  'icon-192.png': load('icon-192.png', 'image/png'),
  'icon-512.png': load('icon-512.png', 'image/png'),
  'icon-maskable.png': load('icon-maskable.png', 'image/png'),
};

/** The address of an asset, which changes with its content. */
export function assetUrl(name: keyof typeof files): string {
  return files[name].url;
}

/** The rules that browsers get. */
export function stylesheet(): string {
  return files['app.css'].bytes.toString();
}

/** What a browser checks an asset by, so that nothing on the way can change it. */
export function assetIntegrity(name: keyof typeof files): string {
  return files[name].integrity;
}

const faviconPath = '/favicon.ico';
const touchIconPath = '/apple-touch-icon.png';

/** The paths of these files. */
export const assetPaths: readonly string[] = [
  ...Object.values(files).map(({ url }) => url),
  faviconPath,
  touchIconPath,
];

/** Serves stylesheet, script and icons from memory, to be kept for a year: a change changes the address. */
export function registerAssets(app: FastifyInstance): void {
  for (const asset of Object.values(files)) {
    app.get(asset.url, (request, reply) =>
      send(asset, 'public, max-age=31536000, immutable', request, reply),
    );
  }
  app.get(faviconPath, (request, reply) => send(files['icon.svg'], 'public, max-age=86400', request, reply));
  app.get(touchIconPath, (request, reply) =>
    send(files['icon-192.png'], 'public, max-age=86400', request, reply),
  );
}

async function send(
  asset: Asset,
  caching: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Buffer> {
  reply.header('content-type', asset.type).header('cache-control', caching).header('vary', 'Accept-Encoding');
  const encoding = encodings.find((one) => accepts(one, request.headers['accept-encoding']));
  // A PNG is compressed already.
  if (encoding === undefined || asset.type === 'image/png') return asset.bytes;
  reply.header('content-encoding', encoding);
  const ready = asset.compressed.get(encoding) ?? compressors[encoding](asset.bytes);
  asset.compressed.set(encoding, ready);
  return ready;
}
