import { isThisMachine } from '#src/config/addresses.ts';
import type { EnvironmentReading } from '#src/config/environment.ts';
import { explanations } from '#src/config/explained.ts';
import { environmentSchema } from '#src/config/schema.ts';

/** Settings of the demo itself and of a workshop, and those that it accepts although they are required or secret in production. */
const ofTheDemo = /^(DEMO_|ATELIER_|FRANCECONNECT_|PUBLIC_URL$|SMTP_URL$)/;

const others: ReadonlySet<string> = new Set(['SMS_URL', 'DATABASE_RUNTIME_ROLE', 'MAIL_SECOND_FROM']);

const remedy = 'unset it, or set MODE=production';

/**
 * What keeps the demo from starting, one line each: every setting that belongs to production. The demo shows every mail
 * to every visitor, so it must never open a database that may hold real people.
 */
export function demoProblems({ values }: EnvironmentReading): string[] {
  const present = new Map(Object.entries(values).filter(([, value]) => value !== undefined));
  const signs = Object.entries(environmentSchema.shape).flatMap(([name, schema]) => {
    const { required, secret } = explanations.get(schema) ?? {};
    const sign = (required || secret || others.has(name)) && !ofTheDemo.test(name) && present.has(name);
    return sign ? [`${name}: belongs to production, and this is the demo: ${remedy}`] : [];
  });
  if (values.SMTP_URL && !/^(demo|tray):/i.test(values.SMTP_URL))
    signs.push(`SMTP_URL: the demo sends no mail: ${remedy}`);
  if (!isTrial(values.FRANCECONNECT))
    signs.push(
      `FRANCECONNECT: the demo speaks to its simulator, the sandbox, or a provider on this machine: ${remedy}`,
    );
  if (values.DEMO_PUBLIC === 'no') signs.push(...publicSigns(values));
  return signs;
}

function isTrial(provider: string | undefined): boolean {
  if (provider === undefined || provider === 'off' || provider === 'sandbox') return true;
  return URL.canParse(provider) && isThisMachine(new URL(provider).hostname);
}

/** The settings that open the demo to other machines. */
function publicSigns({ HOST, METRICS_HOST, PUBLIC_URL }: EnvironmentReading['values']): string[] {
  const addresses = { HOST, METRICS_HOST, PUBLIC_URL: PUBLIC_URL && new URL(PUBLIC_URL).hostname };
  return Object.entries(addresses).flatMap(([name, host]) =>
    host === undefined || isThisMachine(host)
      ? []
      : [
          `${name}: opens the demo to others: ${remedy}, or set DEMO_PUBLIC=yes for a demo that everybody may see`,
        ],
  );
}
