import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { z } from 'zod';

/** A trainer’s account, as its operator sees it. */
export interface TrainerAccount {
  /** By which classes name whose they are. */
  readonly id: string;
  readonly name: string;
  /** By which the trainer signs in with a passphrase, and the operator names the account. */
  readonly identifier: string;
  /** How they enter; `invited`: not yet, the link was not used. */
  readonly enters: 'invited' | 'passphrase' | 'provider';
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

/** Whom a provider knows, by its own name and theirs there. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** Who is in a session. */
export interface InSession {
  readonly id: string;
  readonly name: string;
  /** Whether they enter with a passphrase, which they can change. */
  readonly hasPassphrase: boolean;
}

/** Who tries a passphrase, and whose, as fingerprints. */
export interface TriedBy {
  readonly identifier: Buffer;
  readonly client: Buffer;
}

/** How many tries that failed may be remembered: of one client for one identifier, of one client, for one identifier. */
export interface MostTries {
  readonly pair: number;
  readonly client: number;
  readonly identifier: number;
  readonly withinMs: number;
}

/**
 * The accounts of a permanent site: one file, which the site and the commands of its operator write at the same time. What
 * opens something is kept as a digest.
 */
export interface TrainerStore {
  list(): readonly TrainerAccount[];
  find(identifier: string): TrainerAccount | null;
  /** A new account that nobody can enter yet; null: the identifier is taken. */
  add(
    account: { readonly id: string; readonly name: string; readonly identifier: string },
    now: Date,
  ): TrainerAccount | null;
  /** The link that opens the account from now on, in place of the one before; it is revoked no longer (`admit`). */
  invite(id: string, link: Buffer, until: Date): void;
  admit(id: string): void;
  /** Whom a link invites, while it is good. */
  invited(link: Buffer, now: Date): TrainerAccount | null;
  /** Uses a link up: the account has this passphrase, and no session of before. Null: the link is no longer good. */
  accept(link: Buffer, passphrase: string, now: Date): TrainerAccount | null;
  /** What a typed passphrase is judged by; null for an account that none opens. */
  passphraseOf(identifier: string): { readonly id: string; readonly stored: string } | null;
  /** The same of an account that somebody has entered. */
  ownPassphrase(
    id: string,
  ): { readonly identifier: string; readonly name: string; readonly stored: string } | null;
  /** Another passphrase, and no session or link of before; false: it was changed or revoked meanwhile. */
  changePassphrase(id: string, before: string, after: string): boolean;
  /** Counts a try before it is judged, and answers by which it is taken back; null: there were too many. */
  beginTry(of: TriedBy, most: MostTries, now: Date): number | null;
  takeBackTry(number: number): void;
  /** Stores the same passphrase under a better hash, unless it was changed meanwhile. */
  rehash(id: string, before: string, after: string): void;
  ofSubject(who: Subject): TrainerAccount | null;
  /** The account of somebody whom the provider sends for the first time; null: the identifier is taken. */
  addSubject(
    account: { readonly id: string; readonly name: string; readonly identifier: string },
    who: Subject,
    now: Date,
  ): TrainerAccount | null;
  /** Opens a session, unless the account was revoked, removed or given another passphrase meanwhile. */
  begin(session: Buffer, id: string, by: { readonly stored: string } | 'provider', now: Date): boolean;
  /** Whose session that is; null: over, or nobody’s. */
  inSession(session: Buffer, now: Date): InSession | null;
  noteUse(session: Buffer, now: Date): void;
  end(session: Buffer): void;
  /** Nobody enters it any more, from now on; its classes stay. Answers whether there is such an account. */
  revoke(identifier: string, now: Date): boolean;
  /** The account is gone; what it owns is to be erased (`removed`). */
  remove(identifier: string): boolean;
  /** Ends what is over, and removes accounts that nobody has used for a year. */
  tidy(now: Date): void;
  /** Trainers that are gone and whose classes may still be there. */
  removed(): readonly string[];
  forgetRemoved(id: string): void;
  close(): void;
}

/** Its file, in the folder of the workshop. */
export const trainersFile = 'formateurs.sqlite';

const hourMs = 3_600_000;

/** A session ends after a day’s work, or when nothing was done for as long as the longest class and its break. */
export const sessionLife = { longestMs: 12 * hourMs, idleMs: 4 * hourMs };

/** An account that nobody has entered for so long is removed. */
const unusedMs = 365 * 24 * hourMs;

/** How exactly the latest use of a session is known. */
const noteEveryMs = 60_000;

const schema = `
  create table trainer (
    id text primary key,
    name text not null,
    identifier text not null unique,
    passphrase text,
    issuer text,
    subject text,
    created_at integer not null,
    last_seen_at integer,
    revoked_at integer,
    unique (issuer, subject),
    check ((issuer is null) = (subject is null))
  ) strict;
  create table invitation (
    link blob primary key,
    trainer text not null unique references trainer on delete cascade,
    good_until integer not null
  ) strict, without rowid;
  create table trainer_session (
    secret blob primary key,
    trainer text not null references trainer on delete cascade,
    began_at integer not null,
    used_at integer not null
  ) strict, without rowid;
  create table try (
    number integer primary key,
    identifier blob not null,
    client blob not null,
    at integer not null
  ) strict;
  create index try_at on try (at);
  create table removed (trainer text primary key) strict, without rowid;
  pragma user_version = 1`;

const instant = z.int().transform((ms) => new Date(ms));
const accountRow = z
  .object({
    id: z.string(),
    name: z.string(),
    identifier: z.string(),
    passphrase: z.string().nullable(),
    issuer: z.string().nullable(),
    created_at: instant,
    last_seen_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .transform(
    (row): TrainerAccount => ({
      id: row.id,
      name: row.name,
      identifier: row.identifier,
      enters: row.issuer !== null ? 'provider' : row.passphrase !== null ? 'passphrase' : 'invited',
      revokedAt: row.revoked_at,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
    }),
  );

/** Opens the file, made with its folder when there is none; only its owner may read it. */
export function openTrainerStore(path: string): TrainerStore {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  // A command and the site wait for each other for so long.
  const db = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
  db.exec('pragma journal_mode = wal; pragma secure_delete = on');
  const together = <T>(work: () => T): T => {
    db.exec('begin immediate');
    try {
      const done = work();
      db.exec('commit');
      return done;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };
  together(() => {
    const { user_version: version } = z
      .object({ user_version: z.int() })
      .parse(db.prepare('pragma user_version').get());
    if (version === 0) db.exec(schema);
  });
  const run = (sql: string) => {
    const statement = db.prepare(sql);
    return (...values: SQLInputValue[]): number => Number(statement.run(...values).changes);
  };
  const one = <T>(sql: string, row: z.ZodType<T>) => {
    const statement = db.prepare(sql);
    return (...values: SQLInputValue[]): T | null => row.nullable().parse(statement.get(...values) ?? null);
  };
  const byIdentifier = one('select * from trainer where identifier = ?', accountRow);
  const bySubject = one('select * from trainer where issuer = ? and subject = ?', accountRow);
  const byLink = one(
    'select trainer.* from invitation join trainer on trainer.id = invitation.trainer where link = ? and good_until > ?',
    accountRow,
  );
  const all = db.prepare('select * from trainer order by identifier');
  const adding = run(
    'insert into trainer (id, name, identifier, issuer, subject, created_at) values (?, ?, ?, ?, ?, ?) on conflict (identifier) do nothing',
  );
  const passphraseOf = one(
    'select id, passphrase as stored from trainer where identifier = ? and revoked_at is null and passphrase is not null',
    z.object({ id: z.string(), stored: z.string() }),
  );
  const ownPassphrase = one(
    'select identifier, name, passphrase as stored from trainer where id = ? and revoked_at is null and passphrase is not null',
    z.object({ identifier: z.string(), name: z.string(), stored: z.string() }),
  );
  const tries = one(
    'with own as (select identifier = ? as same, client = ? as here from try where at > ?) select coalesce(sum(same and here), 0) as pair, coalesce(sum(here), 0) as client, coalesce(sum(same), 0) as identifier from own',
    z.object({ pair: z.int(), client: z.int(), identifier: z.int() }),
  );
  const trying = db.prepare('insert into try (identifier, client, at) values (?, ?, ?)');
  const notTrying = run('delete from try where number = ?');
  const forgettingTries = run('delete from try where at <= ?');
  const rehashing = run('update trainer set passphrase = ? where id = ? and passphrase = ?');
  const beginning = run(
    'insert into trainer_session (secret, trainer, began_at, used_at) select ?, id, ?, ? from trainer where id = ? and revoked_at is null and passphrase is ?',
  );
  const seen = run('update trainer set last_seen_at = ? where id = ?');
  const inSession = one(
    'select trainer.id, trainer.name, passphrase is not null as hasPassphrase from trainer_session join trainer on trainer.id = trainer_session.trainer where secret = ? and began_at > ? and used_at > ? and revoked_at is null',
    z.object({ id: z.string(), name: z.string(), hasPassphrase: z.int().transform(Boolean) }),
  );
  const isStale = one(
    'select trainer as id from trainer_session where secret = ? and used_at between ? and ? and began_at > ?',
    z.object({ id: z.string() }),
  );
  const using = run('update trainer_session set used_at = ? where secret = ? and used_at < ?');
  const ending = run('delete from trainer_session where secret = ?');
  const endingAll = run('delete from trainer_session where trainer = ?');
  const uninviting = run('delete from invitation where trainer = ?');
  const inviting = run('insert into invitation (link, trainer, good_until) values (?, ?, ?)');
  const admitting = run('update trainer set revoked_at = null where id = ?');
  const accepting = run('update trainer set passphrase = ?, last_seen_at = ? where id = ?');
  const revoking = run('update trainer set revoked_at = ?, passphrase = null where id = ?');
  const removing = run('delete from trainer where id = ?');
  const noting = run('insert into removed (trainer) values (?) on conflict do nothing');
  const forgetting = run('delete from removed where trainer = ?');
  const goneOnes = db.prepare('select trainer from removed');
  const unused = db.prepare('select id from trainer where coalesce(last_seen_at, created_at) < ?');
  const endingOld = run('delete from trainer_session where began_at <= ? or used_at <= ?');
  const uninvitingOld = run('delete from invitation where good_until <= ?');
  const idOf = z.object({ id: z.string() });

  const insert = (
    { id, name, identifier }: { readonly id: string; readonly name: string; readonly identifier: string },
    who: Subject | null,
    now: Date,
  ): TrainerAccount | null =>
    adding(id, name, identifier, who?.issuer ?? null, who?.subject ?? null, now.getTime()) === 1
      ? byIdentifier(identifier)
      : null;
  const erase = (id: string): void => {
    noting(id);
    removing(id);
  };

  return {
    list: () => z.array(accountRow).parse(all.all()),
    find: (identifier) => byIdentifier(identifier),
    add: (account, now) => insert(account, null, now),
    invite: (id, link, until) =>
      together(() => {
        uninviting(id);
        inviting(link, id, until.getTime());
        admitting(id);
      }),
    admit: (id) => void admitting(id),
    invited: (link, now) => byLink(link, now.getTime()),
    accept: (link, passphrase, now) =>
      together(() => {
        const account = byLink(link, now.getTime());
        if (!account) return null;
        uninviting(account.id);
        endingAll(account.id);
        accepting(passphrase, now.getTime(), account.id);
        return account;
      }),
    passphraseOf: (identifier) => passphraseOf(identifier),
    ownPassphrase: (id) => ownPassphrase(id),
    changePassphrase: (id, before, after) =>
      together(() => {
        if (ownPassphrase(id)?.stored !== before) return false;
        uninviting(id);
        endingAll(id);
        return rehashing(after, id, before) === 1;
      }),
    beginTry: ({ identifier, client }, most, now) =>
      together(() => {
        const ms = now.getTime();
        forgettingTries(ms - most.withinMs);
        const known = tries(identifier, client, ms - most.withinMs);
        const isTooMany =
          known !== null &&
          (known.pair >= most.pair || known.client >= most.client || known.identifier >= most.identifier);
        return isTooMany ? null : Number(trying.run(identifier, client, ms).lastInsertRowid);
      }),
    takeBackTry: (number) => void notTrying(number),
    rehash: (id, before, after) => void rehashing(after, id, before),
    ofSubject: ({ issuer, subject }) => bySubject(issuer, subject),
    addSubject: (account, who, now) =>
      together(() => bySubject(who.issuer, who.subject) ?? insert(account, who, now)),
    begin: (session, id, by, now) =>
      together(() => {
        const ms = now.getTime();
        const begun = beginning(session, ms, ms, id, by === 'provider' ? null : by.stored) === 1;
        if (begun) seen(ms, id);
        return begun;
      }),
    inSession: (session, now) =>
      inSession(session, now.getTime() - sessionLife.longestMs, now.getTime() - sessionLife.idleMs),
    noteUse(session, now) {
      const ms = now.getTime();
      const { longestMs, idleMs } = sessionLife;
      // Most requests only read: a command that writes keeps nobody waiting.
      if (isStale(session, ms - idleMs + 1, ms - noteEveryMs, ms - longestMs)) using(ms, session, ms);
    },
    end: (session) => void ending(session),
    revoke: (identifier, now) =>
      together(() => {
        const account = byIdentifier(identifier);
        if (!account) return false;
        uninviting(account.id);
        endingAll(account.id);
        revoking(now.getTime(), account.id);
        return true;
      }),
    remove: (identifier) =>
      together(() => {
        const account = byIdentifier(identifier);
        if (account) erase(account.id);
        return account !== null;
      }),
    tidy: (now) =>
      together(() => {
        const ms = now.getTime();
        endingOld(ms - sessionLife.longestMs, ms - sessionLife.idleMs);
        uninvitingOld(ms);
        for (const row of unused.all(ms - unusedMs)) erase(idOf.parse(row).id);
      }),
    removed: () => goneOnes.all().map((row) => z.object({ trainer: z.string() }).parse(row).trainer),
    forgetRemoved: (id) => void forgetting(id),
    close: () => db.close(),
  };
}
