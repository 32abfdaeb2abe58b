import { migrationUnderLoad } from './programs/migration-under-load.ts';
import { primaryDies } from './programs/primary-dies.ts';
import { rollingRestart } from './programs/rolling-restart.ts';
import type { Fault } from './trial.ts';

/** Every program, in the order of its fault. A new one is a file of `programs/` and a line here. */
export const faults: readonly Fault[] = [primaryDies, rollingRestart, migrationUnderLoad];
