import { createHash, type Hash, timingSafeEqual } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { brokenLine, parseLine } from '#src/files/json-line.ts';
import { UnusableFile } from '#src/files/open-file.ts';

const format = 'compte-assure audit anchor 1';
const hex = z.string().regex(/^[\da-f]{64}$/);

const heading = z.strictObject({
  format: z.literal(format),
  key: z.int().nonnegative(),
  at: z.iso.datetime(),
  seal: z.int().nonnegative(),
});
const chainLine = z.strictObject({
  chain: hex,
  seq: z.int().positive(),
  hash: hex,
  at: z.iso.datetime(),
});
const ending = z.strictObject({ chains: z.int().nonnegative(), sha256: hex, mac: hex });

export const mostAnchorLineBytes = 500;

/** The end of a chain at the moment of an anchor, and when its last event was. */
export interface AnchoredHead {
  readonly personKey: Buffer;
  readonly seq: number;
  readonly hash: Buffer;
  readonly at: Date;
}

/** What an anchor says besides: when it was made, and the number of the seal then. */
export interface AnchorHeading {
  readonly at: Date;
  readonly seal: number;
}

const atOnce = 2_000;

/**
 * The ends of all chains that have an event since an instant (null: of all), at one moment, to be kept outside of the database
 * and of its backups. A trail that is cut, rewritten or restored afterwards no longer agrees with them.
 */
export async function* readHeads(db: Kysely<Database>, since: Date | null): AsyncGenerator<AnchoredHead> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    await sql`set local statement_timeout = 0`.execute(trx);
    const from = since?.toISOString() ?? '-infinity';
    await sql`
      declare audit_heads no scroll cursor for
      select h.person_key, h.seq, h.hash, e.at from audit_head h
      join audit_event e on e.person_key = h.person_key and e.seq = h.seq
      where h.seq > 0 and e.at >= ${sql.lit(from)}::timestamptz order by h.person_key`.execute(trx);
    for (;;) {
      const { rows } = await sql<{ person_key: Buffer; seq: number; hash: Buffer; at: Date }>`
        fetch ${sql.lit(atOnce)} from audit_heads`.execute(trx);
      for (const { person_key: personKey, seq, hash, at } of rows) yield { personKey, seq, hash, at };
      if (rows.length < atOnce) return;
    }
  } finally {
    await trx.rollback().execute();
  }
}

/** The lines of an anchor; the last one holds the SHA-256 of all before it, which is what a timestamp is asked for. */
export async function* writeAnchor(
  keyring: Keyring,
  { at, seal }: AnchorHeading,
  heads: AsyncIterable<AnchoredHead>,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  const line = (value: unknown): string => {
    const text = JSON.stringify(value);
    digest.update(`${text}\n`);
    return text;
  };
  yield line({ format, key: keyring.current, at: at.toISOString(), seal });
  let chains = 0;
  for await (const head of heads) {
    const { personKey, seq, hash } = head;
    yield line({
      chain: personKey.toString('hex'),
      seq,
      hash: hash.toString('hex'),
      at: head.at.toISOString(),
    });
    chains += 1;
  }
  const { sha256, mac } = sealOf(keyring, keyring.current, digest, chains);
  yield JSON.stringify({ chains, sha256, mac: mac.toString('hex') });
}

/** Reads what `writeAnchor` wrote, and throws `UnusableFile`, with the line, for anything else; the heading comes first. */
export async function* readAnchor(
  keyring: Keyring,
  lines: AsyncIterable<{ readonly number: number; readonly text: string }>,
): AsyncGenerator<AnchorHeading | AnchoredHead> {
  const digest = createHash('sha256');
  let version: number | null = null;
  let chains = 0;
  let ended = false;
  for await (const { number, text } of lines) {
    if (ended) throw brokenLine(number, 'there is something after the end');
    const read = parseLine(number, text);
    if (version === null) {
      const first = heading.safeParse(read);
      if (!first.success) throw brokenLine(number, `this is no anchor (${format})`);
      version = first.data.key;
      if (!keyring.versions.includes(version))
        throw brokenLine(number, `it was written under master key ${version}, which is not in MASTER_KEYS`);
      digest.update(`${text}\n`);
      yield { at: new Date(first.data.at), seal: first.data.seal };
      continue;
    }
    const last = ending.safeParse(read);
    if (last.success) {
      const { sha256, mac } = sealOf(keyring, version, digest, chains);
      const isOurs = timingSafeEqual(mac, Buffer.from(last.data.mac, 'hex'));
      if (last.data.chains !== chains || last.data.sha256 !== sha256 || !isOurs)
        throw brokenLine(
          number,
          'the anchor was changed, or another installation made it: take another copy',
        );
      ended = true;
      continue;
    }
    const one = chainLine.safeParse(read);
    if (!one.success) throw brokenLine(number, 'this is no end of a chain');
    digest.update(`${text}\n`);
    chains += 1;
    const { chain, seq, hash, at } = one.data;
    yield { personKey: Buffer.from(chain, 'hex'), seq, hash: Buffer.from(hash, 'hex'), at: new Date(at) };
  }
  if (!ended) throw new UnusableFile('the anchor is cut short: its end is missing; take another copy of it');
}

function sealOf(keyring: Keyring, version: number, digest: Hash, chains: number) {
  const sha256 = digest.copy().digest('hex');
  return { sha256, mac: fingerprintWith(keyring, version, 'audit-anchor', sha256, String(chains)) };
}
