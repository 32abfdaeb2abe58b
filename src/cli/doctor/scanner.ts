import type { Finding } from '#src/cli/doctor/finding.ts';
import { answersPing, type ClamdAddress } from '#src/files/clamd.ts';

const patienceMs = 5_000;

/** Whether the scanner for viruses answers. While it does not, no file is accepted. */
export async function examineScanner(clamd: ClamdAddress | null): Promise<Finding> {
  const about = 'virus scanner';
  if (!clamd)
    return { about, state: 'ok', detail: 'none (CLAMD is not set): files are judged by their content alone' };
  return (await answersPing(clamd, patienceMs))
    ? { about, state: 'ok', detail: 'clamd answers' }
    : { about, state: 'failed', detail: 'clamd does not answer: files are neither accepted nor refused' };
}
