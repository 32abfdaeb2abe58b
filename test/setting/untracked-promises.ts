import hooks from 'node:async_hooks';

/**
 * Loaded before `node:test`, which else follows each promise to the test that made it: a quarter of what tests take. What
 * nobody catches still fails the run, but no longer says in which test.
 */
const { createHook } = hooks;
hooks.createHook = (callbacks) => createHook({ ...callbacks, trackPromises: false });
