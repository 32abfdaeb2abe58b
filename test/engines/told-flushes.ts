import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** For `node --import`: says on standard error, in every thread, each time a file is flushed to the disk. */
const flush = fs.fdatasyncSync;
fs.fdatasyncSync = (descriptor) => {
  flush(descriptor);
  fs.writeSync(2, 'flushed\n');
};
syncBuiltinESMExports();
