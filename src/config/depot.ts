import { z } from 'zod';
import type { Config } from '#src/config/config.ts';
import { explanations, text, whole } from '#src/config/explained.ts';

/** The variables of the sender’s API. */
export const depotSettings = {
  DEPOT_HOST: text.min(1).default('127.0.0.1').register(explanations, {
    meaning:
      'Address that the port of the sender’s API (`/api/depot/v1`) binds to: for caisses and mutuelles, never on the public port.',
    example: '10.0.0.5',
  }),
  DEPOT_PORT: z
    .union([z.literal('off'), whole(0, 65535)], 'must be off, or a whole number from 0 to 65535')
    .optional()
    .register(explanations, {
      meaning: 'Port of the sender’s API in web processes, or `off`.',
      example: '9465',
      unset: '`off`; in the demo `9465`, or a free one when it is taken',
    }),
  DEPOT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://depot.example.fr' })
    .optional()
    .register(explanations, {
      meaning:
        'The address at which senders reach that API, on a host of its own; assertions are made for it. Production needs it, in `https`, when `DEPOT_PORT` is set.',
      example: 'https://depot.example.fr',
      unset: '`http://localhost:` and the port',
    }),
} as const;

type DepotValues = z.infer<z.ZodObject<typeof depotSettings>> & { readonly MODE: Config['mode'] };

const usualDepotPort = 9465;

/** The sender’s API: on in a demo, off in production unless it has a port. */
export function depotOf(values: DepotValues): Config['depot'] {
  const { MODE, DEPOT_HOST: host, DEPOT_PORT: port, DEPOT_URL: url } = values;
  if (port === 'off' || (port === undefined && MODE !== 'demo')) return null;
  const publicUrl = url === undefined ? null : new URL(url).origin;
  return { host, port: port ?? usualDepotPort, orFree: port === undefined, publicUrl };
}

/** The public site and the sender’s API share no port and no host, so that a rule of a proxy keeps them apart. */
export function depotProblems(
  values: DepotValues & { readonly PORT: number; readonly PUBLIC_URL?: string | undefined },
  metricsPort: number | null,
): string[] {
  const depot = depotOf(values);
  if (depot === null) return [];
  const problems: string[] = [];
  if (!depot.orFree && depot.port !== 0 && [values.PORT, metricsPort].includes(depot.port))
    problems.push('DEPOT_PORT: must differ from PORT and METRICS_PORT');
  if (values.MODE !== 'production') return problems;
  const url = depot.publicUrl === null ? null : new URL(depot.publicUrl);
  if (url === null) problems.push('DEPOT_URL: is missing, DEPOT_PORT needs it');
  else if (url.protocol !== 'https:') problems.push('DEPOT_URL: must start with https://');
  if (url && values.PUBLIC_URL && url.host === new URL(values.PUBLIC_URL).host)
    problems.push('DEPOT_URL: must have another host than PUBLIC_URL');
  return problems;
}
