import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import { type Crowd, openCrowd } from '../../bench/setting/people.ts';
import { configure } from '../../bench/setting/service.ts';
import { openSmsSink, type SmsSink } from '../../bench/setting/sms-sink.ts';
import type { Trial } from '../trial.ts';
import { newServer, type Server } from './cluster.ts';
import { type MailServer, openMailServer } from './mail-server.ts';
import { commandOf, type Node, startNode } from './node.ts';

type Env = Readonly<Record<string, string>>;

/** An installation as production has it, on this machine: a database with a register, senders, people who come. */
export interface Scene {
  readonly folder: string;
  readonly postgres: Server;
  readonly mails: MailServer;
  readonly sms: SmsSink;
  /** People of the register who have not come yet. */
  readonly crowd: Crowd;
  /** What processes that serve are configured with. */
  readonly env: Env;
  /** Runs a command of operators as the owner of the database; answers what it printed. Throws unless it exits with 0. */
  command(...args: readonly string[]): string;
  /** The same of a command that reads this. */
  feed(input: Buffer, ...args: readonly string[]): string;
  /** The same on another server that holds the database. */
  commandOn(server: Server, ...args: readonly string[]): string;
  /** The same beside what else goes on, of this version or another; answers how it ended. */
  begin(args: readonly string[], program?: string): Promise<Finished>;
  /** The process of a command, for whoever ends it. */
  spawn(args: readonly string[]): ChildProcess;
  /** Starts a web process, and waits until it is ready; `log` is another file than one of its own. */
  web(changes?: Env, log?: string): Promise<Node>;
  /** The same of a worker. */
  worker(changes?: Env): Promise<Node>;
}

interface Finished {
  readonly status: number | null;
  /** What it printed, and what it reported. */
  readonly out: string;
  readonly err: string;
}

interface SceneOptions {
  /** Of the register. */
  readonly people: number;
  /** Of the database server, as `name=value`. */
  readonly settings?: readonly string[];
  /** Changes what the processes are configured with. */
  readonly env?: Env;
  /** Changes the limits of the policy. */
  readonly limits?: Partial<Policy['limits']>;
}

/**
 * Behind a proxy of this machine everybody comes from it, and counts as one client; and who insists on each step sends
 * it thirty times a second.
 */
export const oneClientForAll: Partial<Policy['limits']> = {
  requestsPerAddress: { max: 1_000_000, perSeconds: 300 },
};

/** The roles of docs/operations.md: one owns the tables, one serves. */
export const roles = { owner: 'compte_owner', service: 'compte_service' };

/** The least that production accepts: passwords are not what is tried. */
const cheapestHash = { HASH_MEMORY_KIB: '19456', HASH_PASSES: '2' };

export async function openScene(
  trial: Trial,
  { people, settings = [], env = {}, limits = {} }: SceneOptions,
): Promise<Scene> {
  const { folder } = trial;
  mkdirSync(join(folder, 'data'));
  const postgres = await newServer(trial, join(folder, 'postgres'), settings);
  await postgres.query(`create role ${roles.owner} login`);
  await postgres.query(`create role ${roles.service} login`);
  await postgres.query(`create database compte owner ${roles.owner}`);
  const mails = await openMailServer(trial);
  const sms = await openSmsSink();
  trial.atEnd(() => sms.close());
  const policy = join(folder, 'policy.json');
  const usual = loadPolicy('ameli-2025');
  writeFileSync(policy, JSON.stringify({ ...usual, limits: { ...usual.limits, ...limits } }));
  const { env: base } = configure(
    folder,
    { databaseUrl: postgres.url(roles.service), smtpUrl: mails.url },
    { ...sms.env, ...cheapestHash, POLICY: policy, ...env },
  );
  const asOwner = (server: Server) => ({
    ...base,
    DATABASE_URL: server.url(roles.owner),
    DATABASE_RUNTIME_ROLE: roles.service,
  });
  const commandOn = (server: Server, ...args: readonly string[]): string => {
    const [program, ...rest] = commandOf(args);
    return execFileSync(program, rest, {
      encoding: 'utf8',
      env: asOwner(server),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  const feed = (input: Buffer, ...args: readonly string[]): string => {
    const [program, ...rest] = commandOf(args);
    return execFileSync(program, rest, { encoding: 'utf8', env: asOwner(postgres), input });
  };
  const begin = async (args: readonly string[], version?: string): Promise<Finished> => {
    const [program, ...rest] = commandOf(args, version);
    const child = spawn(program, rest, { env: asOwner(postgres), stdio: ['ignore', 'pipe', 'pipe'] });
    trial.atEnd(() => child.kill('SIGKILL'));
    const ended = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await ended;
    return { status: child.exitCode, out, err };
  };
  const spawnCommand = (args: readonly string[]): ChildProcess => {
    const [program, ...rest] = commandOf(args);
    const child = spawn(program, rest, { env: asOwner(postgres), stdio: 'ignore' });
    trial.atEnd(() => child.kill('SIGKILL'));
    return child;
  };
  const command = (...args: readonly string[]) => commandOn(postgres, ...args);
  trial.say('an installation is made');
  command('migrate');
  const register = join(folder, 'register.ndjson');
  command('register', 'generate', '--count', String(people), '--seed', '2026', '--out', register);
  command('register', 'import', register);
  let started = 0;
  const node = (role: 'web' | 'worker', changes: Env, log = join(folder, `${role}-${started}.log`)) => {
    started += 1;
    return startNode(trial, { role, log, env: { ...base, ...changes } });
  };
  return {
    ...{ folder, postgres, mails, sms, command, commandOn, feed, begin, spawn: spawnCommand },
    crowd: await openCrowd(register),
    env: base,
    web: (changes = {}, log = undefined) => node('web', changes, log),
    worker: (changes = {}) => node('worker', changes),
  };
}
