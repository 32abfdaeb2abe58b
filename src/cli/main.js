#!/usr/bin/env -S node --max-semi-space-size=8 --initial-old-space-size=64 --max-old-space-size=256
import { enableCompileCache } from 'node:module';
import './resolve-imports.js';

// The program starts here, in JavaScript: Node strips the types of its first file before any cache is open, and the
// code that does it takes a tenth of a second and 16 MB. Everything else is stored beside the program, if writable.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/../../.cache/compile`;
enableCompileCache();

// Node cuts small buffers from pools, which live as long as any buffer in them: with its 64 kB, a request that waits for a
// password would keep a hundred times what it needs.
Buffer.poolSize = 8_192;

await import('#src/cli/main.ts');
