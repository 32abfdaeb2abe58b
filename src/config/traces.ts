import { z } from 'zod';
import { isThisMachine } from '#src/config/addresses.ts';
import type { Config } from '#src/config/config.ts';
import { explanations, whole } from '#src/config/explained.ts';

/** `name=value`, with commas between. */
const header = /^[!#$%&'*+.^_`|~\w-]{1,100}=[ -+\--~]{1,2000}$/;

const headers = z.string().transform((typed, context) => {
  const pairs = typed.split(',').map((one) => one.trim());
  if (pairs.length <= 10 && pairs.every((pair) => header.test(pair)))
    return Object.fromEntries(
      pairs.map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
    );
  context.addIssue('must be name=value, with commas between');
  return z.NEVER;
});

/** Traces, for those who have a receiver of OpenTelemetry. */
export const tracesSettings = {
  TRACES_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://otel.internal/v1/traces' })
    .optional()
    .register(explanations, {
      meaning:
        'Where traces are sent (OpenTelemetry, OTLP over HTTP in JSON): `https`, or `http` on this machine. Spans name routes, tables, duties and servers, and nobody.',
      example: 'http://127.0.0.1:4318/v1/traces',
      unset: 'no traces, and none of their code is loaded',
    }),
  TRACES_PERCENT: whole(0, 100).default(10).register(explanations, {
    meaning:
      'How many requests of a hundred are traced, and runs of duties; where a trusted proxy sends `traceparent`, it decides.',
    example: '100',
  }),
  TRACES_HEADERS: headers.optional().register(explanations, {
    meaning: 'Headers that its receiver asks for: `name=value`, with commas between.',
    example: 'authorization=Bearer …',
    secret: true,
    unset: 'none',
  }),
} as const;

type Values = z.infer<z.ZodObject<typeof tracesSettings>>;

export function tracesOf({ TRACES_URL: url, TRACES_PERCENT: percent }: Values): Config['traces'] {
  return url === undefined ? null : { url, percent };
}

export function tracesProblems({ TRACES_URL: url, TRACES_HEADERS: given }: Values): string[] {
  if (url === undefined) return given ? ['TRACES_URL: is missing, TRACES_HEADERS needs it'] : [];
  const { protocol, hostname, username } = new URL(url);
  if (username !== '') return ['TRACES_URL: must have no user: TRACES_HEADERS is for that'];
  return protocol === 'https:' || isThisMachine(hostname) ? [] : ['TRACES_URL: must start with https://'];
}
