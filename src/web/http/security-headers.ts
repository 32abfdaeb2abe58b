import type { FastifyInstance } from 'fastify';

const formAction = "form-action 'self'";
/** Workers may come from where scripts may. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  formAction,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "manifest-src 'self'",
].join(';');

const permissions = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'browsing-topics']
  .map((feature) => `${feature}=()`)
  .join(',');

const always = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissions,
  'cache-control': 'no-store',
};
const overHttps = { ...always, 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

/** For answers that no hook sees: to an address that cannot be read. */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return https ? overHttps : always;
}

/** An origin that can stand in a policy as it is: nothing in it ends a directive, or names more than one host. */
const plainOrigin = /^https?:\/\/[a-z\d.:[\]-]{1,300}$/;

function policyWith(origins: readonly string[]): string {
  const named = origins.filter((origin) => plainOrigin.test(origin));
  return contentSecurityPolicy.replace(formAction, () => [formAction, ...named].join(' '));
}

/**
 * Security headers of every answer, errors included: nothing but our own files, no frame, a referrer for ourselves
 * only, and no copy of a page on the machine (assets say otherwise for themselves).
 *
 * A form leads to no other site but those of `formOrigins` (FranceConnect, where it is configured): browsers apply
 * `form-action` to the redirections that answer a form as well. HSTS only where the public address is https.
 */
export function registerSecurityHeaders(
  app: FastifyInstance,
  https: boolean,
  formOrigins: () => readonly string[] = () => [],
): void {
  let named: readonly string[] = [];
  let headers = securityHeaders(https);
  app.addHook('onRequest', (_request, reply, done) => {
    const origins = formOrigins();
    if (origins !== named) {
      named = origins;
      headers = { ...headers, 'content-security-policy': policyWith(origins) };
    }
    reply.headers(headers);
    done();
  });
}
