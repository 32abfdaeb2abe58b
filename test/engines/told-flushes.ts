import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** For `node --import`: says on standard error, in every thread, each time a file is flushed to the disk. */
const flush = fs.fdatasyncSync;
fs.fdatasyncSync = (descriptor) => {
  flush(descriptor);
  // The pipe may be full for a moment: its reader is busy.
  while (!isSaid());
};
syncBuiltinESMExports();

function isSaid(): boolean {
  try {
    fs.writeSync(2, 'flushed\n');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
    throw error;
  }
}
