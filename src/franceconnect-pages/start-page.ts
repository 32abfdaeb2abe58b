import { access, type SitePage } from '#src/access/access.ts';
import { type Anyone, signedIn } from '#src/access/who.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { beginJourney, typedIdentity } from '#src/franceconnect/journey.ts';
import type { Purpose } from '#src/franceconnect/outcome.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/**
 * The way to FranceConnect: `?pour=creation` or `connexion` (`liaison` begins on its own page, with the password).
 * Unsaid, a link signs in and a form creates. The identity page posts its form here, so that what was typed is kept.
 */
export function franceConnectPage(services: Services): SitePage {
  return definePage({
    path: paths.franceConnect,
    about: {
      part: 'FranceConnect',
      shows: 'nothing of its own: leads to FranceConnect',
      form: 'the same, keeping what was typed on the identity page',
    },
    access: access.franceConnect(services),
    names: (typed) => (typedIdentity(typed) === null ? 'nobody' : nirIn(typed.text('nir'))),
    // A form that is too old, or not ours, begins nothing: its page is shown again instead.
    show: (request, { banner }) => (banner ? away(request) : begin(services, request, 'connexion')),
    submit: (request) => begin(services, request, 'creation'),
  });
}

function begin(services: Services, request: PageRequest<Anyone>, unsaid: Purpose): Answer | Promise<Answer> {
  const { query, typed } = request;
  const purpose = query.get('pour') ?? unsaid;
  if (purpose === 'liaison') return redirect(paths.accountFranceConnect);
  if (purpose !== 'creation' && purpose !== 'connexion') return redirect(paths.signIn);
  if (signedIn(request.session)) return redirect(paths.account);
  return beginJourney(services, request, { purpose, typed: typedIdentity(typed), person: null });
}

function away({ query }: PageRequest): Answer {
  return redirect(query.get('pour') === 'creation' ? paths.identity : paths.signIn);
}
