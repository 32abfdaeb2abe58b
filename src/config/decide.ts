import { join } from 'node:path';
import { isThisMachine } from '#src/config/addresses.ts';
import type { Config, Decision } from '#src/config/config.ts';
import { depotOf, depotProblems } from '#src/config/depot.ts';
import { type Dkim, readDkim } from '#src/config/dkim.ts';
import type { EnvironmentReading } from '#src/config/environment.ts';
import { franceConnectConfig, readFranceConnect } from '#src/config/franceconnect.ts';
import { securityReportsOf } from '#src/config/published.ts';
import { databaseProblems } from '#src/config/safety/database-address.ts';
import { demoProblems } from '#src/config/safety/demo-safety.ts';
import { productionProblems } from '#src/config/safety/safety.ts';
import type { EnvironmentValues } from '#src/config/schema.ts';
import type { DemoKeys } from '#src/config/secrets/demo-keys.ts';
import { type Parsed, parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { tracesOf, tracesProblems } from '#src/config/traces.ts';
import { Secret } from '#src/crypto/secret.ts';
import type { ClamdAddress } from '#src/files/clamd.ts';

/**
 * Second stage: validates the variables together. Reports all problems at once, one line each, never a value.
 *
 * @param demoKeys the keys that a demo made in this data folder, if any: the demo uses them where the
 * environment has none, and production refuses them.
 */
export function decide(reading: EnvironmentReading, demoKeys: DemoKeys | null): Decision {
  const { values } = reading;
  // Nothing can be said of what belongs to a mode that was not read.
  if (reading.faulty.has('MODE')) return { ok: false, problems: reading.problems };
  const production = values.MODE === 'production';
  const problems = [...reading.problems];
  const keySource = production || !demoKeys ? values : demoKeys;

  const masterKeys = checked('MASTER_KEYS', keySource.MASTER_KEYS, parseNumberedKeys, problems);
  const peppers = checked('PASSWORD_PEPPERS', keySource.PASSWORD_PEPPERS, parseNumberedKeys, problems);
  problems.push(
    ...sharedKeys({
      MASTER_KEYS: masterKeys?.values(),
      PASSWORD_PEPPERS: peppers?.values(),
    }),
  );
  problems.push(...addressProblems(values), ...channelProblems(reading));
  const dkim = readDkim(reading, problems);
  const franceConnect = readFranceConnect(values);
  problems.push(...franceConnect.problems);
  if (production) {
    problems.push(...productionProblems(reading));
    if (demoKeys) problems.push(...demoKeyProblems(values, demoKeys));
  } else problems.push(...demoProblems(reading));
  const databaseVariable = production ? 'DATABASE_URL' : 'DEMO_DATABASE_URL';
  const databaseUrl = values[databaseVariable];
  const mustProve = production && values.DATABASE_TLS === 'verify';
  if (databaseUrl) problems.push(...databaseProblems(databaseVariable, databaseUrl, mustProve));
  if (problems.length > 0 || !masterKeys || !peppers) return { ok: false, problems };
  return {
    ok: true,
    config: configOf(values, databaseUrl !== undefined, dkim),
    secrets: {
      masterKeys: new Secret(masterKeys),
      peppers: new Secret(peppers),
      databaseUrl: databaseUrl ? new Secret(databaseUrl) : null,
      smtpUrl: values.SMTP_URL && !isTray(values) ? new Secret(values.SMTP_URL) : null,
      franceConnect: franceConnect.settings,
      secondSmtpUrl: values.SECOND_SMTP_URL ? new Secret(values.SECOND_SMTP_URL) : null,
      tracesHeaders: values.TRACES_HEADERS ? new Secret(values.TRACES_HEADERS) : null,
      dkimKey: dkim?.key ? new Secret(dkim.key) : null,
      sms: smsOf(values),
    },
  };
}

function configOf(values: EnvironmentValues, onServer: boolean, dkim: Dkim | null): Config {
  const publicUrl = values.PUBLIC_URL ? new URL(values.PUBLIC_URL).origin : `http://localhost:${values.PORT}`;
  return {
    mode: values.MODE,
    legalBasis: values.LEGAL_BASIS ?? null,
    web: {
      host: values.HOST,
      port: values.PORT,
      publicUrl,
      trustProxy: values.TRUST_PROXY === 'none' ? false : values.TRUST_PROXY,
    },
    metrics: metricsOf(values),
    depot: depotOf(values),
    api: values.API === 'on',
    securityReports: securityReportsOf(values),
    traces: tracesOf(values),
    dataDir: values.DATA_DIR,
    database: {
      kind: onServer ? 'postgres' : 'embedded',
      folder: onServer ? null : join(values.DATA_DIR, 'database'),
      poolSize: values.DATABASE_POOL_SIZE,
      runtimeRole: values.DATABASE_RUNTIME_ROLE ?? null,
    },
    policy: values.POLICY,
    hash: {
      memoryKiB: values.HASH_MEMORY_KIB,
      passes: values.HASH_PASSES,
      lanes: values.HASH_LANES,
      maxWaitMs: values.HASH_MAX_WAIT_MS,
    },
    mail: {
      transport: isTray(values) ? 'tray' : 'smtp',
      from: values.MAIL_FROM ?? 'ne-pas-repondre@demo.invalid',
      fromName: values.MAIL_FROM_NAME,
      secondFrom: values.MAIL_SECOND_FROM ?? null,
      bounceAddress: values.MAIL_BOUNCE_ADDRESS ?? null,
      dkim: dkim && { domain: dkim.domain, selector: dkim.selector },
    },
    franceConnect: franceConnectConfig(values),
    letters: {
      sent: values.LETTERS === 'on',
      returnAddress: linesOf(values.LETTERS_RETURN_ADDRESS),
      canaryTo: linesOf(values.LETTERS_CANARY_ADDRESS),
    },
    clamd: clamdOf(values),
    logLevel: values.LOG_LEVEL ?? (values.MODE === 'production' ? 'info' : 'warn'),
    logFormat: values.LOG_FORMAT ?? (values.MODE === 'production' ? 'json' : 'text'),
    drainSeconds: values.DRAIN_SECONDS ?? (values.MODE === 'production' ? 5 : 0),
    shutdownSeconds: values.SHUTDOWN_SECONDS,
    workshop: { keptHours: values.CLASS_KEPT_HOURS },
  };
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(';').map((line) => line.trim());
}

function clamdOf({ CLAMD }: EnvironmentValues): ClamdAddress | null {
  if (CLAMD === undefined) return null;
  if (CLAMD.startsWith('unix:')) return { path: CLAMD.slice('unix:'.length) };
  const colon = CLAMD.lastIndexOf(':');
  return { host: CLAMD.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(CLAMD.slice(colon + 1)) };
}

/** What people send would travel over the network as it is. */
function clamdProblems(values: EnvironmentValues): string[] {
  const clamd = clamdOf(values);
  return clamd && 'host' in clamd && !isThisMachine(clamd.host)
    ? ['CLAMD: must be on this machine, files are sent to it unencrypted']
    : [];
}

const usualMetricsPort = 9464;

function metricsOf(values: EnvironmentValues): Config['metrics'] {
  const { MODE, METRICS_HOST: host, METRICS_PORT: port, METRICS_NAMES: list } = values;
  if (port === 'off') return null;
  const names = list === undefined ? [] : list.split(',').map((name) => name.trim());
  return { host, port: port ?? usualMetricsPort, orFree: MODE === 'demo' && port === undefined, names };
}

function secondSenderProblems({ SECOND_SMTP_URL: url, MAIL_SECOND_FROM: from }: EnvironmentValues): string[] {
  if (!url) return [];
  return [
    ...(from ? [] : ['MAIL_SECOND_FROM: is missing, SECOND_SMTP_URL needs it']),
    ...(/^smtps?:\/\/[^/]+/i.test(url) ? [] : ['SECOND_SMTP_URL: must start with smtp:// or smtps://']),
  ];
}

function smsOf({ SMS_URL: url, SMS_TOKEN: token, SMS_CALLBACK_SECRET: callbackSecret }: EnvironmentValues) {
  return url && token && callbackSecret ? new Secret({ url, token, callbackSecret }) : null;
}

function channelProblems({ values, faulty }: EnvironmentReading): string[] {
  return [
    ...secondSenderProblems(values),
    ...smsProblems(values, faulty),
    ...clamdProblems(values),
    ...tracesProblems(values),
    ...depotProblems(values, metricsOf(values)?.port ?? null),
  ];
}

/** A faulty variable is already reported, so it does not also count as missing. */
function smsProblems(
  { SMS_URL, SMS_TOKEN, SMS_CALLBACK_SECRET }: EnvironmentValues,
  faulty: ReadonlySet<string>,
): string[] {
  const needed = { SMS_TOKEN, SMS_CALLBACK_SECRET };
  if (!SMS_URL)
    return (SMS_TOKEN || SMS_CALLBACK_SECRET) && !faulty.has('SMS_URL')
      ? ['SMS_URL: is missing, the other SMS variables need it']
      : [];
  const { protocol, hostname } = new URL(SMS_URL);
  const near = isThisMachine(hostname);
  return [
    ...Object.entries(needed).flatMap(([name, value]) =>
      value || faulty.has(name) ? [] : [`${name}: is missing, SMS_URL needs it`],
    ),
    ...(protocol === 'https:' || near ? [] : ['SMS_URL: must start with https://']),
  ];
}

function isTray(values: EnvironmentValues): boolean {
  return !values.SMTP_URL || /^(demo|tray):/i.test(values.SMTP_URL);
}

function addressProblems(values: EnvironmentValues): string[] {
  const problems: string[] = [];
  const metrics = metricsOf(values);
  if (metrics && !metrics.orFree && metrics.port === values.PORT && values.PORT !== 0) {
    problems.push('METRICS_PORT: must differ from PORT');
  }
  if (values.PUBLIC_URL) {
    const url = new URL(values.PUBLIC_URL);
    if (url.pathname !== '/' || url.search || url.hash || url.username) {
      problems.push('PUBLIC_URL: must have no path, query or user');
    }
  }
  if (values.SMTP_URL && !isTray(values) && !/^smtps?:\/\/[^/]+/i.test(values.SMTP_URL)) {
    problems.push('SMTP_URL: must start with smtp:// or smtps://');
  }
  return problems;
}

function checked<T>(
  name: string,
  value: string | undefined,
  parse: (value: string) => Parsed<T>,
  problems: string[],
): T | null {
  if (value === undefined) return null;
  const parsed = parse(value);
  if (parsed.ok) return parsed.value;
  problems.push(`${name}: ${parsed.problem}`);
  return null;
}

function sharedKeys(used: Record<string, Iterable<Buffer> | undefined>): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, keys] of Object.entries(used)) {
    for (const key of keys ?? []) {
      const owner = seen.get(key.toString('hex'));
      if (owner && owner !== name) problems.push(`${name}: repeats a key of ${owner}`);
      seen.set(key.toString('hex'), name);
    }
  }
  return problems;
}

function demoKeyProblems(values: EnvironmentValues, demoKeys: DemoKeys): string[] {
  const names = ['MASTER_KEYS', 'PASSWORD_PEPPERS'] as const;
  const keys = names.map((name) => demoKeys[name].replace(/^\d+:/, ''));
  return names
    .filter((name) => keys.some((key) => values[name]?.includes(key)))
    .map((name) => `${name}: holds a key of the demo`);
}
