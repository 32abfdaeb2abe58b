import { z } from 'zod';
import { parseEmail } from '#src/contact/email-address.ts';

/** What the reader of docs/configuration.md is told about a variable. */
export interface Explanation {
  readonly meaning: string;
  readonly example: string;
  readonly secret?: true;
  /** Production does not start without it. */
  readonly required?: true;
  /** What stands in for a variable that is not set, where the schema has no fixed default. */
  readonly unset?: string;
}

export const explanations = z.registry<Explanation>();

function whole(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number(message).min(least, message).max(most, message));
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

const text = z.string().trim();

/** An address, read as those that people type: what is kept is where mail goes. */
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
 * Every environment variable that the service reads, and nothing else reads the environment.
 * This only says what one variable may look like; what they mean together is decided in `decide.ts`.
 */
export const environmentSchema = z.object({
  MODE: oneOf(['demo', 'production']).default('demo').register(explanations, {
    meaning:
      '`demo` needs nothing else and holds only fictitious people; `production` refuses anything unsafe.',
    example: 'production',
  }),
  DEMO_PUBLIC: oneOf(['yes', 'no']).default('no').register(explanations, {
    meaning: '`yes` lets the demo be reached by others than this machine. Everybody sees every mail in it.',
    example: 'yes',
  }),
  DEMO_DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgres://user:password@host/name',
    })
    .optional()
    .register(explanations, {
      meaning: 'A PostgreSQL database for the demo, which it makes its own: empty, or of a demo already.',
      example: 'postgres://demo:…@127.0.0.1/demo',
      secret: true,
      unset: 'a database embedded in `DATA_DIR`',
    }),
  LEGAL_BASIS: text
    .min(10, 'must name the text that allows this installation to process NIRs')
    .optional()
    .register(explanations, {
      meaning:
        'The text that allows the operator to process real NIRs (article 30 of the «Informatique et libertés» law keeps a closed list). Logged at start.',
      example: 'décret n° 2019-341, article 2, A, 1°',
      required: true,
    }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://compte.example.fr' })
    .optional()
    .register(explanations, {
      meaning: 'The address people type; links in mails start with it. `https`, without path.',
      example: 'https://compte.example.fr',
      required: true,
      unset: '`http://localhost:PORT` in the demo',
    }),
  HOST: text.min(1).default('127.0.0.1').register(explanations, {
    meaning: 'Address on which the pages are served.',
    example: '0.0.0.0',
  }),
  PORT: whole(0, 65535).default(3000).register(explanations, {
    meaning: 'Port on which the pages are served; 0 takes a free one.',
    example: '8080',
  }),
  TRUST_PROXY: z
    .string()
    .regex(
      /^(none|((loopback|linklocal|uniquelocal|[\da-fA-F.:]+(\/\d{1,3})?)(, *(?=.)|$))+)$/,
      'must be none, or a list of addresses, ranges, or loopback, linklocal, uniquelocal',
    )
    .default('loopback')
    .register(explanations, {
      meaning: 'Proxies whose `X-Forwarded-*` headers are believed.',
      example: '10.0.0.0/8',
    }),
  METRICS_HOST: text.min(1).default('127.0.0.1').register(explanations, {
    meaning:
      'Address of the operations listener: `/metrics`, `/healthz`, `/readyz`. Keep it off the Internet.',
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
        'Names by which the operations listener may be asked, besides addresses, `localhost` and `METRICS_HOST`: as Prometheus writes its targets, without the port. Any other is refused (421).',
      example: 'compte-1.interne, compte-1',
    }),
  METRICS_PORT: z
    .union([z.literal('off'), whole(0, 65535)], 'must be off, or a whole number from 0 to 65535')
    .optional()
    .register(explanations, {
      meaning: 'Port of the operations listener, or `off`.',
      example: '9464',
      unset: '`9464`, or in the demo a free one when that is taken',
    }),
  DATA_DIR: text.min(1).default('data').register(explanations, {
    meaning: 'Folder of the embedded database and of the keys of the demo.',
    example: '/var/lib/compte-assure',
  }),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgres://user:password@host/name',
    })
    .optional()
    .register(explanations, {
      meaning: 'PostgreSQL 15 or newer.',
      example: 'postgres://compte_service:…@db.internal/compte?sslmode=verify-full',
      secret: true,
      required: true,
      unset: 'the demo takes none, see `DEMO_DATABASE_URL`',
    }),
  DATABASE_TLS: oneOf(['verify', 'off']).default('verify').register(explanations, {
    meaning:
      '`verify` refuses a `DATABASE_URL` on another machine without `sslmode=verify-full`; `off` where nobody can stand between.',
    example: 'off',
  }),
  DATABASE_RUNTIME_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be the name of a role, in small letters')
    .optional()
    .register(explanations, {
      meaning:
        'Role that web and worker processes connect as. `compte migrate`, run as the owner of the database, gives it what it needs: rows, never tables.',
      example: 'compte_service',
      unset: 'nobody but the owner is given anything',
    }),
  DATABASE_POOL_SIZE: whole(1, 200).default(10).register(explanations, {
    meaning: 'Connections to PostgreSQL that one process keeps at most.',
    example: '20',
  }),
  POLICY: text.min(1).default('ameli-2025').register(explanations, {
    meaning: 'A preset of `policies/` by its name, or the path of a policy file.',
    example: '/etc/compte-assure/policy.json',
  }),
  MASTER_KEYS: z.string().optional().register(explanations, {
    meaning:
      'Numbered keys, 32 random bytes each in base64, comma between them. The first seals, the others only open. `compte keys generate` makes them.',
    example: '1:…,2:…',
    secret: true,
    required: true,
    unset: 'made once and kept in `DATA_DIR/demo-keys.json`, in the demo only',
  }),
  PASSWORD_PEPPERS: z.string().optional().register(explanations, {
    meaning:
      'Numbered keys, as `MASTER_KEYS`, without which a stolen password hash is worth nothing. Keep old numbers until nobody signs in with them.',
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
      'Password hashes computed at the same time, each on its own low-priority thread; more than the cores buys nothing.',
    example: '4',
  }),
  HASH_MAX_WAIT_MS: whole(100, 60_000).default(2_000).register(explanations, {
    meaning:
      'A password that would wait longer than this many milliseconds is refused at once with a page that says when to come back.',
    example: '2000',
  }),
  SMTP_URL: z.string().optional().register(explanations, {
    meaning: 'Where mails are handed over: `smtps://user:password@host:465` or `smtp://host:587`.',
    example: 'smtps://compte:…@smtp.internal:465',
    secret: true,
    required: true,
    unset: 'the tray of the demo, which shows every mail and sends none',
  }),
  MAIL_FROM: email.optional().register(explanations, {
    meaning: 'Address that mails come from.',
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
      meaning: 'Name that mails come from.',
      example: 'Votre Assurance Maladie',
    }),
  MAIL_SECOND_FROM: email.optional().register(explanations, {
    meaning:
      'Address that mails come from for the domains of the policy’s `notices.secondSenderDomains`: providers that drop mails of the first.',
    example: 'ne-pas-repondre@autre.example.fr',
    unset: '`MAIL_FROM`',
  }),
  SECOND_SMTP_URL: z.string().optional().register(explanations, {
    meaning: 'Where the mails of `MAIL_SECOND_FROM` are handed over.',
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
        'Where bounces are sent: each mail has an address of its own, `bounces+…@`. To be piped into `compte notices bounce`.',
      example: 'bounces@compte.example.fr',
      unset: 'bounces go to the sender, and nobody is told',
    }),
  DKIM_DOMAIN: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'must be a domain')
    .optional()
    .register(explanations, {
      meaning: 'Domain that signs mails (DKIM), the one of `MAIL_FROM` or above it.',
      example: 'compte.example.fr',
      unset: 'mails leave unsigned: the SMTP server may sign',
    }),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be letters, digits, dots or dashes')
    .optional()
    .register(explanations, {
      meaning: 'Name of the key in DNS, `<selector>._domainkey.<domain>`.',
      example: 'c2026',
      unset: 'needed with `DKIM_DOMAIN`',
    }),
  DKIM_PRIVATE_KEY: z.string().optional().register(explanations, {
    meaning: 'RSA key of 2048 bits or more, PEM; on one line, `\\n` for each end of line.',
    example: '-----BEGIN PRIVATE KEY-----\\n…',
    secret: true,
    unset: 'needed with `DKIM_DOMAIN`',
  }),
  SMS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://sms.example.fr/messages' })
    .optional()
    .register(explanations, {
      meaning:
        'Where SMS are handed over, by the contract of [sms-gateway.md](sms-gateway.md). Without it, no SMS is offered.',
      example: 'https://sms.internal/messages',
      unset: 'no SMS; in the demo a simulator',
    }),
  SMS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 characters or more, without spaces')
    .optional()
    .register(explanations, {
      meaning: 'What the SMS gateway knows this installation by (`Authorization: Bearer`).',
      example: 'f3a…',
      secret: true,
      unset: 'needed with `SMS_URL`',
    }),
  SMS_CALLBACK_SECRET: z.string().min(32, 'must be 32 characters or more').optional().register(explanations, {
    meaning: 'What the delivery reports of the SMS gateway are signed with.',
    example: '9c1…',
    secret: true,
    unset: 'needed with `SMS_URL`',
  }),
  FRANCECONNECT: text
    .regex(/^(sandbox|production|off|https?:\/\/[^\s?#]+)$/, 'must be sandbox, production, off, or an issuer')
    .optional()
    .register(explanations, {
      meaning:
        'Where people prove who they are: `sandbox` or `production` of FranceConnect, the issuer of any other OpenID provider that speaks like it (http on this machine only), or `off`.',
      example: 'production',
      unset: '`off`; in the demo its own simulator',
    }),
  FRANCECONNECT_CLIENT_ID: text.min(1).optional().register(explanations, {
    meaning: 'Identifier that FranceConnect gave to this service.',
    example: '211286433e39cce01db448d80181bdfd…',
  }),
  FRANCECONNECT_CLIENT_SECRET: text.min(1).optional().register(explanations, {
    meaning: 'Secret that goes with it (`client_secret_post`).',
    example: '…',
    secret: true,
  }),
  FRANCECONNECT_SIGNING_KEY: text.min(1).optional().register(explanations, {
    meaning:
      'Instead of the secret (`private_key_jwt`, ES256): private key on the curve P-256, as a JWK on one line or as PEM.',
    example: '{"kty":"EC","crv":"P-256","kid":"…","d":"…",…}',
    secret: true,
  }),
  FRANCECONNECT_ENCRYPTION_KEY: text.min(1).optional().register(explanations, {
    meaning:
      'Private key that answers are encrypted for (FranceConnect+), as a JWK on one line: P-256 for ECDH-ES, or RSA for RSA-OAEP and RSA-OAEP-256. Its `kid` is that of the public key given to FranceConnect.',
    example: '{"kty":"EC","crv":"P-256","kid":"…","d":"…",…}',
    secret: true,
  }),
  FRANCECONNECT_ACR: oneOf(['eidas1', 'eidas2', 'eidas3']).default('eidas1').register(explanations, {
    meaning: 'Level of guarantee that is asked for, and the least that is accepted.',
    example: 'eidas2',
  }),
  LETTERS: oneOf(['on', 'off']).default('on').register(explanations, {
    meaning:
      '`off` where nobody prints and posts what `compte letters export` writes: letters are then not offered.',
    example: 'off',
  }),
  LETTERS_RETURN_ADDRESS: letterLines.optional().register(explanations, {
    meaning: 'Where letters come back to, on each of them: five lines at most, `;` between them.',
    example: 'Traitement du courrier;TSA 99998;67085 STRASBOURG CEDEX',
    unset: 'the address of each person’s caisse, where the table `caisse` has one',
  }),
  LETTERS_CANARY_ADDRESS: letterLines.optional().register(explanations, {
    meaning:
      'An address of the operator: with each batch travels a letter to it, which shows that letters arrive.',
    example: 'Service courrier;12 rue Exemple;80000 AMIENS',
    unset: 'none travels along',
  }),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info').register(explanations, {
    meaning: 'The least serious lines that are logged.',
    example: 'warn',
  }),
  DRAIN_SECONDS: whole(0, 60).optional().register(explanations, {
    meaning:
      'How long a process that was asked to stop goes on answering while `/readyz` says no, so that the proxy sends nobody here any more. More than the time between two of the proxy’s checks.',
    example: '10',
    unset: '5; 0 in the demo',
  }),
  SHUTDOWN_SECONDS: whole(1, 300).default(15).register(explanations, {
    meaning: 'How long requests and deliveries under way may still take after SIGTERM and `DRAIN_SECONDS`.',
    example: '30',
  }),
});

export type Environment = z.infer<typeof environmentSchema>;
