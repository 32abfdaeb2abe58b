import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';

const cache = join(import.meta.dirname, '../../.cache/chromium');
const packaged = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));

/**
 * For pages that are only laid out and measured, at two thirds of the work: nothing is drawn, and each page takes the frame
 * of the one before. A click or a picture would wait for a drawing for ever.
 */
export const withoutDrawing = [
  '--disable-threaded-compositing',
  '--enable-features=RenderDocument:level/crashed-frame',
] as const;

/**
 * A real browser. On x64 Linux it comes whole from npm (`@sparticuz/chromium`), with its libraries and font, so
 * that nothing has to be installed; elsewhere it is the one of `CHROMIUM`, or an installed Chrome.
 *
 * None of that package’s own flags is passed: they switch off web security and isolation.
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const args = [...flags];
  const own = process.env.CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, args });
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return chromium.launch({ channel: 'chrome', args });
  const home = await unpacked();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    chromiumSandbox: false,
    args,
    env: {
      ...env,
      LD_LIBRARY_PATH: join(home, 'al2023/lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
      HOME: home,
    },
  });
}

/** Unpacked once; a process that comes second at the same time discards its own copy. */
async function unpacked(): Promise<string> {
  const home = join(cache, await packagedVersion());
  if (existsSync(home)) return home;
  const draft = join(cache, `draft-${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  const bin = join(packaged, 'bin');
  await pipeline(
    createReadStream(join(bin, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(join(draft, 'chromium'), { mode: 0o755 }),
  );
  for (const name of ['al2023', 'fonts']) {
    await mkdir(join(draft, name));
    const tar = brotliDecompressSync(await readFile(join(bin, `${name}.tar.br`)));
    execFileSync('tar', ['xf', '-', '-C', join(draft, name)], { input: tar });
  }
  const fonts = `<dir>${join(home, 'fonts/fonts')}</dir><cachedir>${join(home, 'font-cache')}</cachedir>`;
  await writeFile(join(draft, 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>`);
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }));
  return home;
}

async function packagedVersion(): Promise<string> {
  const about = z.object({ version: z.string() });
  return about.parse(JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8'))).version;
}
