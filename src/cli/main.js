#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=256
import { enableCompileCache, registerHooks } from 'node:module';

// The program starts here, in JavaScript: Node strips the types of its first file before any cache is open, and the
// code that does it takes a tenth of a second and 16 MB. Everything else is stored beside the program, if writable.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/../../.cache/compile`;
enableCompileCache();

// Node cuts small buffers from pools, which live as long as any buffer in them: with its 64 kB, a request that waits for a
// password would keep a hundred times what it needs.
Buffer.poolSize = 8_192;

const source = new URL('../', import.meta.url).href;

// Imports that name their file exactly, as ours do and those inside the two largest packages. Node would look for links
// and for every package.json on the way to each of them, which is a third of the time that a start takes.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('#src/') && specifier.endsWith('.ts'))
      return { url: source + specifier.slice(5), format: 'module-typescript', shortCircuit: true };
    const { parentURL = '' } = context;
    if (/^\.\.?\/.*\.js$/.test(specifier) && /\/node_modules\/(kysely|zod)\//.test(parentURL))
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});

await import('#src/cli/main.ts');
