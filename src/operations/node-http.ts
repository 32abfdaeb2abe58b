/**
 * What this program uses of `node:http`. An `import` statement reads all that a module of Node exports, and `node:http`
 * exports the WebSocket of `undici` too: 17 MB and 40 ms of CPU at every start.
 */
export const { createServer, ServerResponse, STATUS_CODES } = process.getBuiltinModule('node:http');
