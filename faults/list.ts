import { malformed } from './programs/clients/malformed.ts';
import { overload } from './programs/clients/overload.ts';
import { slowClients } from './programs/clients/slow-clients.ts';
import { twoNodes } from './programs/clients/two-nodes.ts';
import { answerLost } from './programs/database/answer-lost.ts';
import { backlog } from './programs/database/backlog.ts';
import { databaseSlow } from './programs/database/database-slow.ts';
import { diskFull } from './programs/database/disk-full.ts';
import { keyRotation } from './programs/key-rotation.ts';
import { migrationUnderLoad } from './programs/migration-under-load.ts';
import { primaryDies } from './programs/primary-dies.ts';
import { anyOrder } from './programs/processes/any-order.ts';
import { clockJumps } from './programs/processes/clock-jumps.ts';
import { killed } from './programs/processes/killed.ts';
import { memoryRunsOut } from './programs/processes/memory-runs-out.ts';
import { restore } from './programs/restore.ts';
import { rollingRestart } from './programs/rolling-restart.ts';
import { franceConnectAway } from './programs/senders/franceconnect-away.ts';
import { mailServerAway } from './programs/senders/mail-server-away.ts';
import { poisonJob } from './programs/senders/poison-job.ts';
import { serversThatLie } from './programs/senders/servers-that-lie.ts';
import { wakeUpsLost } from './programs/senders/wake-ups-lost.ts';
import { workerKilled } from './programs/senders/worker-killed.ts';
import type { Fault } from './trial.ts';

const programs: readonly Fault[] = [
  answerLost,
  anyOrder,
  backlog,
  clockJumps,
  databaseSlow,
  diskFull,
  franceConnectAway,
  keyRotation,
  killed,
  mailServerAway,
  malformed,
  memoryRunsOut,
  migrationUnderLoad,
  poisonJob,
  overload,
  primaryDies,
  restore,
  rollingRestart,
  serversThatLie,
  slowClients,
  twoNodes,
  wakeUpsLost,
  workerKilled,
];

/** Every program, in the order of its fault. A new one is a file of `programs/` and a line here. */
export const faults: readonly Fault[] = programs.toSorted((a, b) => a.id.localeCompare(b.id));
