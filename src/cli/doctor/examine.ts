import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadReference } from '#src/caisses/lookup.ts';
import { examineDatabase } from '#src/cli/doctor/database.ts';
import type { Finding } from '#src/cli/doctor/finding.ts';
import { examineFranceConnect } from '#src/cli/doctor/france-connect.ts';
import { examineLetters } from '#src/cli/doctor/letters.ts';
import {
  examineClock,
  examineMail,
  examineNode,
  examinePolicy,
  examinePort,
  examineProxy,
} from '#src/cli/doctor/machine.ts';
import { examineScanner } from '#src/cli/doctor/scanner.ts';
import { failureText } from '#src/cli/error-text.ts';
import { type Configured, openConfigured, withConfiguration } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { identityOf } from '#src/installation/identity.ts';

const marks: Record<Finding['state'], string> = { ok: 'ok     ', warning: 'WARNING', failed: 'FAILED ' };

/** Examines the configured installation; fails when a finding would keep it from serving. */
export async function examine(terminal: Terminal): Promise<ExitCode> {
  return withConfiguration(terminal, async (configured) => {
    const { config, secrets } = configured;
    const findings = [
      examineNode(process.versions.node),
      { about: 'configuration', state: 'ok', detail: `${config.mode}, ${config.web.publicUrl}` } as const,
      examineProxy(config),
      ...examinePolicy(config.policy),
      ...(await databaseFindings(configured)),
      await examineMail(secrets.smtpUrl?.reveal() ?? null),
      ...(secrets.secondSmtpUrl ? [await examineMail(secrets.secondSmtpUrl.reveal(), 'second mail')] : []),
      ...(secrets.franceConnect
        ? [await examineFranceConnect(secrets.franceConnect, config.web.publicUrl)]
        : []),
      await examineScanner(config.clamd),
      examineClock(),
      await examinePort('port of the pages', config.web.host, config.web.port),
      ...(config.metrics
        ? [await examinePort('operations port', config.metrics.host, config.metrics.port)]
        : []),
      ...(config.depot ? [await examinePort('port of senders', config.depot.host, config.depot.port)] : []),
    ];
    for (const { about, state, detail } of findings) terminal.out(`${marks[state]} ${about}: ${detail}`);
    return findings.some(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.done;
  });
}

async function databaseFindings(configured: Configured): Promise<Finding[]> {
  const { folder } = configured.config.database;
  if (folder !== null && !existsSync(join(folder, 'PG_VERSION'))) {
    return [{ about: 'database', state: 'ok', detail: `will be made in ${folder} at the first start` }];
  }
  try {
    const { db, close } = await openConfigured(configured);
    try {
      const findings = await examineDatabase(db, identityOf(configured.config, configured.secrets));
      if (findings.some(({ state }) => state === 'failed')) return findings;
      return [...findings, ...examineLetters(configured.config.letters, await loadReference(db))];
    } finally {
      await close();
    }
  } catch (error) {
    const inUse = error instanceof Error && / is in use by another process$/.test(error.message);
    return [
      inUse
        ? {
            about: 'database',
            state: 'warning',
            detail: 'in use by a running service: stop it to examine more',
          }
        : { about: 'database', state: 'failed', detail: failureText(error) },
    ];
  }
}
