import { setFlagsFromString } from 'node:v8';

/**
 * Imported first where tests open many embedded databases, each for a few statements: WebAssembly is compiled by the fast
 * compiler only, as in a demo (docs/memory.md). What runs in one engine for minutes is slower so.
 */
setFlagsFromString('--liftoff-only');
