import { brotliCompressSync, constants } from 'node:zlib';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';

/**
 * The least that a request of this stack costs: Fastify with a cookie and a form body, one statement by primary key, a page
 * of 11 kB rendered from values and compressed. It does nothing else, and keeps nobody’s secret.
 */
const { DATABASE_URL, PORT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query('create table if not exists visit (id text primary key, note text not null)');
await pool.query(`insert into visit values ('1', 'Bonjour') on conflict do nothing`);

const row = z.object({ note: z.string() });
const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => characters[character] ?? '');
const lines = Array.from(
  { length: 112 },
  (_, index) => `Rubrique « ${index} » : une phrase que l’on peut lire & relire.`,
);

function page(note: string): string {
  const items = lines.map((line) => `<li class="rubrique">${escaped(line)}</li>`).join('\n');
  return `<!doctype html><html lang="fr"><title>Plancher</title><h1>${escaped(note)}</h1><ul>${items}</ul></html>`;
}

async function noteOf(visit: string): Promise<string> {
  const { rows } = await pool.query('select note from visit where id = $1', [visit]);
  return row.parse(rows[0]).note;
}

const app = Fastify({ logger: false, trustProxy: true });
await app.register(cookie);
await app.register(formbody);
app.get('/', async (request, reply) => {
  const text = page(await noteOf(request.cookies.visit ?? '1'));
  const body = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return reply.type('text/html; charset=utf-8').header('content-encoding', 'br').send(body);
});
app.post('/', async (request, reply) => {
  await noteOf(z.object({ visit: z.string() }).parse(request.body).visit);
  return reply.setCookie('visit', '1').redirect('/', 303);
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
