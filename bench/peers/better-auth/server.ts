// better-auth behind Fastify, as `npm run bench -- --peer` runs it: an e-mail address with a password, confirmed by a link.
//   node server.ts migrate   makes its tables
//   node server.ts           serves
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import Fastify from 'fastify';
import { createTransport } from 'nodemailer';
import { Pool } from 'pg';

const { DATABASE_URL, SMTP_URL, PORT = '0', HASH_MEMORY_KIB, HASH_PASSES } = process.env;

const compute = promisify(argon2);
const cost = { memory: Number(HASH_MEMORY_KIB), passes: Number(HASH_PASSES), parallelism: 1, tagLength: 32 };

const argon2id = {
  async hash(password: string): Promise<string> {
    const nonce = randomBytes(16);
    const tag = await compute('argon2id', { message: password, nonce, ...cost });
    return `${nonce.toString('base64url')}.${tag.toString('base64url')}`;
  },
  async verify({ hash, password }: { hash: string; password: string }): Promise<boolean> {
    const [nonce = '', stored = ''] = hash.split('.');
    const known = Buffer.from(stored, 'base64url');
    const tag = await compute('argon2id', {
      message: password,
      nonce: Buffer.from(nonce, 'base64url'),
      ...cost,
    });
    return tag.length === known.length && timingSafeEqual(tag, known);
  },
};

const mails = createTransport({ url: SMTP_URL, pool: true, maxConnections: 5, ignoreTLS: true });

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: randomBytes(32).toString('hex'),
  database: new Pool({ connectionString: DATABASE_URL, max: 10 }),
  telemetry: { enabled: false },
  advanced: { useSecureCookies: true, ipAddress: { ipAddressHeaders: ['x-forwarded-for'] } },
  rateLimit: { enabled: true },
  emailAndPassword: {
    enabled: true,
    requireEmailVerification: true,
    minPasswordLength: 12,
    password: argon2id,
  },
  emailVerification: {
    sendOnSignUp: true,
    async sendVerificationEmail({ user, url }) {
      const text = `Ouvrez ce lien pour confirmer votre adresse :\n\n${url}\n`;
      await mails.sendMail({
        from: 'peer@bench.exemple.fr',
        to: user.email,
        subject: 'Confirmez votre adresse',
        text,
      });
    },
  },
});

if (process.argv[2] === 'migrate') {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  process.exit(0);
}

const app = Fastify({ logger: false, trustProxy: true });
// better-auth reads the body from the stream itself.
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', (_request, _payload, done) => done(null));
const answer = toNodeHandler(auth);
app.all('/api/auth/*', (request, reply) => {
  reply.hijack();
  void answer(request.raw, reply.raw);
});
app.get('/', () => 'ok');
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
