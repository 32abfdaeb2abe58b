import { z } from 'zod';
import { isProxy } from '#src/config/addresses.ts';
import { atelierSettings } from '#src/config/atelier/settings.ts';
import { depotSettings } from '#src/config/depot.ts';
import { explanations, oneOf, text, whole } from '#src/config/explained.ts';
import { publishedSettings } from '#src/config/published.ts';
import { tracesSettings } from '#src/config/traces.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { isDatabaseAddress } from '#src/database/servers/addresses.ts';

/** An e-mail address, read like those of the forms and normalised the same way. */
const email = z.string().transform((typed, context) => {
  const reading = parseEmail(typed);
  if (!reading.ok) context.addIssue('must be an e-mail address');
  return reading.ok ? reading.address : z.NEVER;
});

/** Lines of an envelope, `;` between them. */
const letterLines = text.regex(
  /^[^;\r\n]{1,38}(;[^;\r\n]{1,38}){0,4}$/,
  'must be five lines at most of 38 characters at most, with ; between them',
);

/**
 * Every environment variable that the service reads; no other code reads the environment.
 * This only validates each variable by itself; `decide.ts` decides what they mean together.
 */
export const environmentSchema = z.object({
  MODE: oneOf(['demo', 'production']).default('demo').register(explanations, {
    meaning:
      '`demo` needs no other variable and holds only fictitious people; `production` refuses unsafe settings.',
    example: 'production',
  }),
  DEMO_PUBLIC: oneOf(['yes', 'no']).default('no').register(explanations, {
    meaning: '`yes` makes the demo reachable from other machines. Every visitor sees every mail in it.',
    example: 'yes',
  }),
  DEMO_DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgres://user:password@host/name',
    })
    .optional()
    .register(explanations, {
      meaning:
        'A PostgreSQL database that the demo takes over: an empty one, or one that a demo has used before.',
      example: 'postgres://demo:…@127.0.0.1/demo',
      secret: true,
      unset: 'a database embedded in `DATA_DIR`',
    }),
  LEGAL_BASIS: text
    .min(10, 'must name the text that allows this installation to process NIRs')
    .optional()
    .register(explanations, {
      meaning:
        'The legal text that allows the operator to process real NIRs (article 30 of the «Informatique et libertés» law keeps a closed list). Logged at start.',
      example: 'décret n° 2019-341, article 2, A, 1°',
      required: true,
    }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://compte.example.fr' })
    .optional()
    .register(explanations, {
      meaning: 'The public address of the site; links in mails start with it. `https`, without a path.',
      example: 'https://compte.example.fr',
      required: true,
      unset: '`http://localhost:PORT` in the demo',
    }),
  HOST: text.min(1).default('127.0.0.1').register(explanations, {
    meaning: 'Address that the public port binds to.',
    example: '0.0.0.0',
  }),
  PORT: whole(0, 65535).default(3000).register(explanations, {
    meaning: 'Public port; 0 takes a free one.',
    example: '8080',
  }),
  TRUST_PROXY: z
    .string()
    .refine(
      (value) => value === 'none' || value.split(',').every((part) => isProxy(part.trim())),
      'must be none, or a list of addresses, ranges, or loopback, linklocal, uniquelocal',
    )
    .default('loopback')
    .register(explanations, {
      meaning: 'Proxies whose `X-Forwarded-*` headers are trusted.',
      example: '10.0.0.0/8',
    }),
  METRICS_HOST: text.min(1).default('127.0.0.1').register(explanations, {
    meaning:
      'Address that the operations port binds to: `/metrics`, `/healthz`, `/readyz`. Keep it off the Internet.',
    example: '10.0.0.5',
  }),
  METRICS_NAMES: z
    .string()
    .regex(
      /^[a-z\d.-]{1,253}(, ?[a-z\d.-]{1,253}){0,19}$/,
      'must be host names in small letters, with commas between',
    )
    .optional()
    .register(explanations, {
      meaning:
        'Host names that requests to the operations port may use, besides IP addresses, `localhost` and `METRICS_HOST`: those of Prometheus’ targets, without the port. Any other host is refused (421).',
      example: 'compte-1.interne, compte-1',
    }),
  METRICS_PORT: z
    .union([z.literal('off'), whole(0, 65535)], 'must be off, or a whole number from 0 to 65535')
    .optional()
    .register(explanations, {
      meaning: 'Operations port, or `off`.',
      example: '9464',
      unset: '`9464`; in the demo, a free one when 9464 is taken',
    }),
  ...depotSettings,
  ...publishedSettings,
  DATA_DIR: text.min(1).default('data').register(explanations, {
    meaning: 'Folder of the embedded database and of the demo’s keys.',
    example: '/var/lib/compte-assure',
  }),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseAddress, 'must be an address such as postgres://user:password@host/name')
    .optional()
    .register(explanations, {
      meaning:
        'PostgreSQL 15 or newer. A primary and its standbys are listed with commas, `host1,host2:5433`: the one that takes writes is found.',
      example: 'postgres://compte_service:…@db.internal/compte?sslmode=verify-full',
      secret: true,
      required: true,
      unset: 'not used in the demo, see `DEMO_DATABASE_URL`',
    }),
  DATABASE_TLS: oneOf(['verify', 'off']).default('verify').register(explanations, {
    meaning:
      '`verify` refuses a `DATABASE_URL` on another machine without `sslmode=verify-full`; `off` on a network where nobody can intercept the connection.',
    example: 'off',
  }),
  DATABASE_RUNTIME_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be the name of a role, in small letters')
    .optional()
    .register(explanations, {
      meaning:
        'Role that web and worker processes connect as. `compte migrate`, run as the owner of the database, grants it access to rows, never the right to change tables.',
      example: 'compte_service',
      unset: 'no rights are granted',
    }),
  DATABASE_POOL_SIZE: whole(1, 200).default(10).register(explanations, {
    meaning: 'Maximum number of PostgreSQL connections per process.',
    example: '20',
  }),
  POLICY: text.min(1).default('ameli-2025').register(explanations, {
    meaning: 'Name of a preset in `policies/`, or path of a policy file.',
    example: '/etc/compte-assure/policy.json',
  }),
  MASTER_KEYS: z.string().optional().register(explanations, {
    meaning:
      'Numbered keys of 32 random bytes each, in base64, separated by commas. The first encrypts; the others only decrypt. `compte keys generate` makes them.',
    example: '1:…,2:…',
    secret: true,
    required: true,
    unset: 'in the demo, generated once and kept in `DATA_DIR/demo-keys.json`',
  }),
  PASSWORD_PEPPERS: z.string().optional().register(explanations, {
    meaning:
      'Numbered keys, like `MASTER_KEYS`, without which stolen password hashes cannot be attacked. Keep an old key until no password uses it.',
    example: '1:…',
    secret: true,
    required: true,
    unset: 'as `MASTER_KEYS`',
  }),
  HASH_MEMORY_KIB: whole(8, 4_194_304).default(65_536).register(explanations, {
    meaning: 'Memory of one password hash (argon2id), in KiB. Production refuses less than 19456.',
    example: '65536',
  }),
  HASH_PASSES: whole(1, 100).default(3).register(explanations, {
    meaning: 'Passes of one password hash. Production refuses less than 2.',
    example: '3',
  }),
  HASH_LANES: whole(1, 64).default(1).register(explanations, {
    meaning:
      'Password hashes computed at the same time, each on its own low-priority thread; more than the number of cores gains nothing.',
    example: '4',
  }),
  HASH_MAX_WAIT_MS: whole(100, 60_000).default(2_000).register(explanations, {
    meaning:
      'When a password would have to wait longer than this many milliseconds, the request is refused at once with a page that says when to retry.',
    example: '2000',
  }),
  SMTP_URL: z.string().optional().register(explanations, {
    meaning: 'Mail server: `smtps://user:password@host:465` or `smtp://host:587`.',
    example: 'smtps://compte:…@smtp.internal:465',
    secret: true,
    required: true,
    unset: 'in the demo, its tray, which shows every mail and sends none',
  }),
  MAIL_FROM: email.optional().register(explanations, {
    meaning: 'Sender address of mails.',
    example: 'ne-pas-repondre@compte.example.fr',
    required: true,
    unset: '`ne-pas-repondre@demo.invalid` in the demo',
  }),
  MAIL_FROM_NAME: text
    .min(1)
    .max(100)
    .regex(/^[^\r\n<>"]*$/, 'must be one line without < > "')
    .default('Votre Assurance Maladie')
    .register(explanations, {
      meaning: 'Sender name of mails.',
      example: 'Votre Assurance Maladie',
    }),
  MAIL_SECOND_FROM: email.optional().register(explanations, {
    meaning:
      'Sender address for recipients in the policy’s `notices.secondSenderDomains`: providers that drop mails from the first sender.',
    example: 'ne-pas-repondre@autre.example.fr',
    unset: '`MAIL_FROM`',
  }),
  SECOND_SMTP_URL: z.string().optional().register(explanations, {
    meaning: 'Mail server for mails from `MAIL_SECOND_FROM`.',
    example: 'smtps://compte:…@relais.internal:465',
    secret: true,
    unset: '`SMTP_URL`',
  }),
  MAIL_BOUNCE_ADDRESS: email
    .refine(
      (address) => /^[a-zA-Z0-9._-]{1,15}@/.test(address),
      'must have 15 letters, digits, dots or dashes at most before the @',
    )
    .optional()
    .register(explanations, {
      meaning:
        'Return address for bounces: each mail gets its own, `bounces+…@`. Pipe what arrives there into `compte notices bounce`.',
      example: 'bounces@compte.example.fr',
      unset: 'bounces go to the sender address and are not processed',
    }),
  DKIM_DOMAIN: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'must be a domain')
    .optional()
    .register(explanations, {
      meaning: 'Domain that signs mails (DKIM): that of `MAIL_FROM` or a parent domain.',
      example: 'compte.example.fr',
      unset: 'mails are not signed here; the SMTP server may sign them',
    }),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be letters, digits, dots or dashes')
    .optional()
    .register(explanations, {
      meaning: 'DKIM selector: the key is in DNS at `<selector>._domainkey.<domain>`.',
      example: 'c2026',
      unset: 'needed with `DKIM_DOMAIN`',
    }),
  DKIM_PRIVATE_KEY: z.string().optional().register(explanations, {
    meaning: 'RSA key of 2048 bits or more, PEM; on one line, with `\\n` for each line break.',
    example: '-----BEGIN PRIVATE KEY-----\\n…',
    secret: true,
    unset: 'needed with `DKIM_DOMAIN`',
  }),
  SMS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://sms.example.fr/messages' })
    .optional()
    .register(explanations, {
      meaning:
        'Address of the SMS gateway ([sms-gateway.md](sms-gateway.md)). Without it, codes by SMS are not offered.',
      example: 'https://sms.internal/messages',
      unset: 'no SMS; in the demo a simulator',
    }),
  SMS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 characters or more, without spaces')
    .optional()
    .register(explanations, {
      meaning: 'Token that authenticates this installation to the SMS gateway (`Authorization: Bearer`).',
      example: 'f3a…',
      secret: true,
      unset: 'needed with `SMS_URL`',
    }),
  SMS_CALLBACK_SECRET: z.string().min(32, 'must be 32 characters or more').optional().register(explanations, {
    meaning: 'Secret with which the SMS gateway signs its delivery reports.',
    example: '9c1…',
    secret: true,
    unset: 'needed with `SMS_URL`',
  }),
  FRANCECONNECT: text
    .regex(/^(sandbox|production|off|https?:\/\/[^\s?#]+)$/, 'must be sandbox, production, off, or an issuer')
    .optional()
    .register(explanations, {
      meaning:
        'FranceConnect: `sandbox`, `production`, the issuer of another OpenID provider with the same protocol (http on this machine only), or `off`.',
      example: 'production',
      unset: '`off`; in the demo, its simulator',
    }),
  FRANCECONNECT_CLIENT_ID: text.min(1).optional().register(explanations, {
    meaning: 'Client identifier given by FranceConnect.',
    example: '211286433e39cce01db448d80181bdfd…',
  }),
  FRANCECONNECT_CLIENT_SECRET: text.min(1).optional().register(explanations, {
    meaning: 'Client secret (`client_secret_post`).',
    example: '…',
    secret: true,
  }),
  FRANCECONNECT_SIGNING_KEY: text.min(1).optional().register(explanations, {
    meaning:
      'Instead of the secret (`private_key_jwt`, ES256): P-256 private key, as a JWK on one line or as PEM.',
    example: '{"kty":"EC","crv":"P-256","kid":"…","d":"…",…}',
    secret: true,
  }),
  FRANCECONNECT_ENCRYPTION_KEY: text.min(1).optional().register(explanations, {
    meaning:
      'Private key that decrypts the answers of FranceConnect+, as a JWK on one line: P-256 for ECDH-ES, or RSA for RSA-OAEP and RSA-OAEP-256. Its `kid` is that of the public key given to FranceConnect.',
    example: '{"kty":"EC","crv":"P-256","kid":"…","d":"…",…}',
    secret: true,
  }),
  FRANCECONNECT_ACR: oneOf(['eidas1', 'eidas2', 'eidas3']).default('eidas1').register(explanations, {
    meaning: 'Level of assurance requested, and the lowest one accepted.',
    example: 'eidas2',
  }),
  LETTERS: oneOf(['on', 'off']).default('on').register(explanations, {
    meaning:
      '`off` when nobody prints and posts what `compte letters export` writes: codes by letter are then not offered.',
    example: 'off',
  }),
  LETTERS_RETURN_ADDRESS: letterLines.optional().register(explanations, {
    meaning: 'Return address printed on each letter: at most five lines, separated by `;`.',
    example: 'Traitement du courrier;TSA 99998;67085 STRASBOURG CEDEX',
    unset: 'the address of each person’s caisse, where the table `caisse` has one',
  }),
  LETTERS_CANARY_ADDRESS: letterLines.optional().register(explanations, {
    meaning:
      'An address of the operator to which each batch adds one letter: its arrival proves that the batch was posted.',
    example: 'Service courrier;12 rue Exemple;80000 AMIENS',
    unset: 'no such letter',
  }),
  CLAMD: text
    .regex(
      /^(unix:\/[^\0\r\n]{1,100}|(\[[\da-fA-F:]{2,39}\]|[a-zA-Z\d.-]{1,253}):\d{1,5})$/,
      'must be unix: and the path of a socket, or a host and a port',
    )
    .optional()
    .register(explanations, {
      meaning:
        'Where clamd listens, on this machine: every file from people and senders is scanned by it as well. While it does not answer, files are neither accepted nor refused: people are asked to come back.',
      example: 'unix:/run/clamav/clamd.ctl',
      unset: 'files are judged by their content, and not scanned for viruses',
    }),
  ...tracesSettings,
  ...atelierSettings,
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).optional().register(explanations, {
    meaning: 'Lowest level that is logged.',
    example: 'warn',
    unset: 'info; warn in the demo',
  }),
  LOG_FORMAT: oneOf(['json', 'text']).optional().register(explanations, {
    meaning:
      '`json`: one object a line, for programs; `text`: one sentence a line, for a person at a terminal.',
    example: 'json',
    unset: '`json`; `text` in the demo',
  }),
  DRAIN_SECONDS: whole(0, 60).optional().register(explanations, {
    meaning:
      'How long a stopping process keeps answering while `/readyz` answers 503, so that the proxy sends it no new requests. Longer than the interval between two health checks of the proxy.',
    example: '10',
    unset: '5; 0 in the demo',
  }),
  SHUTDOWN_SECONDS: whole(1, 300).default(15).register(explanations, {
    meaning:
      'How long requests and deliveries in progress may still take, after SIGTERM and `DRAIN_SECONDS`.',
    example: '30',
  }),
  CLASS_KEPT_HOURS: whole(1, 720).default(12).register(explanations, {
    meaning:
      'Workshop: how many hours after its end a class is erased by itself. Before that its trainer reads its report, or goes on with it.',
    example: '2',
  }),
});

export type EnvironmentValues = z.infer<typeof environmentSchema>;
