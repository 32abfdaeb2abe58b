import { assumptions } from './assumptions.ts';
import type { Measured } from './measured.ts';

const a = <Name extends keyof typeof assumptions>(name: Name) => assumptions[name].value;

/** Tables whose rows an enrolment and the first sign-in leave; some of them go again after days. */
const accountTables = [
  'account',
  'credential',
  'consent',
  'terms_acceptance',
  'email_claim',
  'email_confirmation',
  'dossier',
  'notice',
  'known_device',
  'mailbox_mail',
  'request_count',
] as const;

/** What the busiest moment asks for. */
interface Needs {
  readonly people: number;
  readonly accounts: number;
  readonly enrolmentsPerSecond: number;
  readonly visitsPerSecond: number;
  readonly depositsPerSecond: number;
  readonly webCores: number;
  readonly nodes: number;
  readonly nodeBytes: number;
  readonly workerCores: number;
  readonly depositCores: number;
  readonly postgresCores: number;
  readonly connections: number;
  readonly postgresBytes: number;
}

/** What is stored after the years of the assumptions, in bytes. */
interface Stored {
  readonly register: number;
  readonly accounts: number;
  readonly visits: number;
  readonly payments: number;
  readonly deposits: number;
  readonly depositEvents: number;
  readonly documents: number;
  readonly total: number;
}

/** What is written ahead and backed up, in bytes and seconds. */
interface Backups {
  readonly walPerSecond: number;
  readonly walPerSecondAtMost: number;
  readonly walPerDay: number;
  /** Between two base backups. */
  readonly walKept: number;
  readonly baseSeconds: number;
  readonly restoreSeconds: number;
}

/** Audit events of an enrolment and its first sign-in; each deposit has one, too. */
function enrolmentEvents({ stored }: Measured): number {
  return (stored('audit_event').rows - stored('deposit').rows) / stored('account').rows;
}

/** What an enrolment and the first sign-in leave, over all tables. */
export function accountBytes(measured: Measured): number {
  const { stored } = measured;
  const accounts = stored('account').rows;
  const rows = accountTables.map((table) => (stored(table).rows / accounts) * stored(table).bytes);
  const events = enrolmentEvents(measured) * stored('audit_event').bytes;
  return rows.reduce((sum, bytes) => sum + bytes, events + stored('audit_head').bytes);
}

/** What so many people take on disk. */
export function storedBytes(measured: Measured, people: number): Stored {
  const { figure, stored } = measured;
  const accounts = people * a('accountShare');
  const paymentsAMonth = (people * a('payments')) / 12;
  const event = stored('audit_event').bytes;
  const parts = {
    register: people * stored('insured').bytes * a('bloat'),
    accounts: accounts * accountBytes(measured) * a('bloat'),
    visits: accounts * a('visits') * a('visitEvents') * a('auditYears') * event,
    payments: paymentsAMonth * a('paymentMonths') * figure('paymentBytes'),
    deposits: paymentsAMonth * a('depositMonths') * stored('deposit').bytes,
    depositEvents: paymentsAMonth * 12 * a('auditYears') * event,
    documents: accounts * a('documents') * a('documentYears') * a('documentBytes'),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** What so many people ask for at the busiest moment: enrolments, visits and deposits at once. */
export function needs(measured: Measured, people: number): Needs {
  const { figure } = measured;
  const accounts = people * a('accountShare');
  const enrolmentsPerSecond = a('enrolmentsPerMinute') / 60;
  const visitsPerSecond = (accounts * a('visits') * a('peakShare')) / 3_600;
  const depositsPerSecond = (people * a('payments')) / 365 / (a('depositHours') * 3_600);
  const visitMs = figure('hashingMs') / 2 + a('visitPages') * figure('requestMs');
  const cores = (ms: number) => ms / 1_000 / a('headroom');
  const journeyRequests = (figure('journeyMs') - figure('hashingMs')) / figure('requestMs');
  const visitPostgresMs = (figure('enrolmentPostgresMs') * a('visitPages')) / journeyRequests;
  // A core of the benchmark did so many journeys a second: a little less than its CPU time allows.
  const enrolmentMs = Math.max(figure('journeyMs'), 1_000 / figure('journeysPerSecond'));
  const webCores = Math.ceil(cores(enrolmentsPerSecond * enrolmentMs + visitsPerSecond * visitMs));
  const nodes = Math.max(2, Math.ceil(webCores / a('nodeCores')) + 1);
  const workerCores = Math.max(
    a('workers'),
    Math.ceil(cores(enrolmentsPerSecond * figure('enrolmentWorkerMs'))),
  );
  const depositing = Math.ceil(cores(depositsPerSecond * figure('depositMs')));
  const connections = (nodes * a('nodeCores') + workerCores + depositing) * a('poolSize') + a('reserved');
  const { total, documents } = storedBytes(measured, people);
  return {
    people,
    accounts,
    enrolmentsPerSecond,
    visitsPerSecond,
    depositsPerSecond,
    webCores,
    nodes,
    nodeBytes: a('nodeCores') * figure('peakMb') * 1e6 * a('memoryMargin'),
    workerCores,
    depositCores: depositing,
    postgresCores: Math.max(
      2,
      Math.ceil(
        cores(
          enrolmentsPerSecond * figure('enrolmentPostgresMs') +
            visitsPerSecond * visitPostgresMs +
            depositsPerSecond * figure('depositPostgresMs'),
        ),
      ),
    ),
    connections,
    postgresBytes: (total - documents) * a('hotShare') + connections * a('connectionMb') * 1e6,
  };
}

/** What so many people write ahead, and how long backups of it take. */
export function backups(measured: Measured, people: number): Backups {
  const { figure } = measured;
  const { enrolmentsPerSecond, depositsPerSecond, visitsPerSecond } = needs(measured, people);
  const visitWal = (figure('enrolmentWal') * a('visitEvents')) / enrolmentEvents(measured);
  const depositsADay = depositsPerSecond * a('depositHours') * 3_600;
  const visitsADay = (people * a('accountShare') * a('visits')) / 365;
  const walPerDay =
    enrolmentsPerSecond * a('enrolmentHours') * 3_600 * figure('enrolmentWal') +
    depositsADay * figure('depositWal') +
    visitsADay * visitWal;
  const { total } = storedBytes(measured, people);
  const baseSeconds = total / (a('copyMb') * 1e6);
  return {
    walPerSecond:
      enrolmentsPerSecond * figure('enrolmentWal') +
      depositsPerSecond * figure('depositWal') +
      visitsPerSecond * visitWal,
    walPerSecondAtMost:
      enrolmentsPerSecond * figure('enrolmentRecords') * pageBytes +
      depositsPerSecond * figure('depositRecords') * pageBytes,
    walPerDay,
    walKept: walPerDay * a('backupDays'),
    baseSeconds,
    restoreSeconds: baseSeconds + (walPerDay * a('backupDays')) / (a('replayMb') * 1e6),
  };
}

const pageBytes = 8_192;
