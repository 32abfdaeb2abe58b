import { fileEndpoints } from '#src/api/account/files.ts';
import { paperEndpoints } from '#src/api/account/papers.ts';
import { paymentEndpoints } from '#src/api/account/payments.ts';
import { signInEndpoints } from '#src/api/account/sign-in.ts';
import type { Endpoint } from '#src/api/endpoint.ts';
import { beginEndpoint } from '#src/api/steps/begin.ts';
import { contactEndpoints } from '#src/api/steps/contact.ts';
import { dossierEndpoints } from '#src/api/steps/dossier.ts';
import { passwordEndpoints } from '#src/api/steps/password.ts';
import { termsEndpoints } from '#src/api/steps/terms.ts';
import { verificationEndpoints } from '#src/api/steps/verification.ts';
import { waitingEndpoints } from '#src/api/steps/waiting.ts';
import type { Services } from '#src/services.ts';

/** Every endpoint of the API, in the order of the enrolment, then of the account. */
export function apiEndpoints(services: Services): readonly Endpoint[] {
  return [
    beginEndpoint(services),
    ...dossierEndpoints(services),
    ...verificationEndpoints(services),
    ...termsEndpoints(services),
    ...passwordEndpoints(services),
    ...contactEndpoints(services),
    ...waitingEndpoints(services),
    ...signInEndpoints(services),
    ...paymentEndpoints(services),
    ...paperEndpoints(services),
    ...fileEndpoints(services),
  ];
}
