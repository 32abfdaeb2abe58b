import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { stagedColumns } from '#src/register-import/staging/staged-row.ts';
import { keptText, type StagedPart } from '#src/register-import/staging/staging-tables.ts';

/** A connection of its own, on which rows are copied while the session of the import waits. PostgreSQL only. */
export interface RowCopier {
  /** Stages the rows of a part, and notes it, in one transaction. */
  copy(part: StagedPart, rows: Uint8Array): Promise<void>;
  close(): void;
}

/** `id`: the import that may copy; throws once another has begun. */
export async function openRowCopier(pool: pg.Pool, id: string): Promise<RowCopier> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // A commit need not reach the disk: a crash of the server empties what is staged anyway.
    await client.query('set statement_timeout = 0; set synchronous_commit = off');
  } catch (error) {
    // The pool would wait for it for ever, and the program end without a word.
    client.release(true);
    throw error;
  }
  return {
    async copy({ number, digest, report }, rows) {
      try {
        await client.query('begin');
        const { rowCount } = await client.query('select from register_load where id = $1 for share', [id]);
        if (rowCount === 0) throw new Error('Another import has begun: this one had lost its connection');
        const stream = client.query(
          copyFrom(`copy register_staged (${stagedColumns.join(', ')}) from stdin (format binary)`),
        );
        stream.end(rows);
        await once(stream, 'finish');
        await client.query('insert into register_part (number, digest, report) values ($1, $2, $3)', [
          number,
          digest,
          keptText(report),
        ]);
        await client.query('commit');
      } catch (error) {
        broken = error instanceof Error ? error : new Error('Copying failed');
        throw error;
      }
    },
    close: () => client.release(broken ?? true),
  };
}
