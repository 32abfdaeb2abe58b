import { buttonForm, frame, hidden } from '#src/demo/franceconnect/frame.ts';
import type { Behaviour } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { behaviourGroups } from '#src/demo/franceconnect/hostile/behaviours.ts';
import { type SimulatedIdentity, simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import type { Found } from '#src/demo/people/search.ts';
import { type Html, html } from '#src/web/html.ts';

/** The current behaviour, and a form to change it. */
export function simulatorHomePage(current: Behaviour, unknown: boolean): string {
  const title = 'Régler le simulateur';
  return frame(
    title,
    html`${unknown && html`<p class="error" role="alert">Ce comportement n’existe pas. Choisissez-en un dans la liste.</p>`}
<p>Ce programme parle comme FranceConnect, pour essayer le service sans dépendre de personne. Il peut aussi se tromper, tomber en panne ou mentir.</p>
<p class="note">En ce moment\u00a0: <strong>${current.text}</strong> (${current.name})</p>
<form method="post" action="/">
<label for="comportement">Comportement à partir de maintenant</label>
<select id="comportement" name="comportement">${behaviourGroups.map(
      ({ title: group, behaviours }) =>
        html`<optgroup label="${group}">${behaviours.map(
          ({ name, text }) =>
            html`<option value="${name}"${name === current.name && html` selected`}>${text}</option>`,
        )}</optgroup>`,
    )}</select>
<button type="submit" class="primary">Changer</button>
</form>
${current.name !== 'normal' && buttonForm('/', { comportement: 'normal' }, 'Revenir au comportement normal', 'secondary')}
<h2>Pour un programme</h2>
<p>Envoyez le champ «\u00a0comportement\u00a0» par POST à cette adresse. La liste est à l’adresse <a href="/comportements.json">/comportements.json</a>.</p>`,
    { refused: unknown },
  );
}

/** The sign-in page: a form, and a list of people to choose from. */
export function loginPage(
  action: string,
  found: Found<SimulatedIdentity>,
  { query, refused, typed }: { readonly query: string; readonly refused: boolean; readonly typed: string },
): string {
  return frame(
    'Qui êtes-vous\u00a0?',
    html`${refused && html`<div class="error" role="alert"><p><a href="#identifiant">Cet identifiant et ce mot de passe ne vont pas ensemble</a></p></div>`}
<form method="post" action="${action}">
${hidden({ action: 'connexion' })}
<label for="identifiant">Identifiant</label>
<input id="identifiant" name="identifiant" type="text" value="${typed}" autocomplete="username" autocapitalize="none" spellcheck="false"${refused && html` aria-invalid="true"`}>
<label for="motDePasse">Mot de passe</label>
<p class="hint" id="motDePasse-aide">Celui de tout le monde est ${simulatorPassword}.</p>
<input id="motDePasse" name="motDePasse" type="password" autocomplete="current-password" aria-describedby="motDePasse-aide">
<button type="submit" class="primary">Se connecter</button>
</form>
${buttonForm(action, { action: 'annuler' }, 'Annuler et revenir au service', 'secondary')}
<h2>Ou choisissez une personne</h2>
<form method="get" action="${action}" role="search">
<label for="q">Chercher un nom ou une situation</label>
<input id="q" name="q" type="search" value="${query}">
<button type="submit" class="secondary">Chercher</button>
</form>
<p>${found.total > 1 ? `${found.total} personnes` : found.total === 1 ? '1 personne' : 'Personne ne correspond.'}</p>
<ul class="people">${found.items.map((identity) => personItem(action, identity))}</ul>
${found.last > 1 && pagination(action, found, query)}`,
    { refused },
  );
}

function personItem(action: string, identity: SimulatedIdentity): Html {
  const { identifiant, situation, claims } = identity;
  const sent = { action: 'connexion', identifiant, motDePasse: simulatorPassword };
  return html`<li><p>${situation}</p><p class="hint">${identifiant}${claims.birthdate && `, ${french(claims.idp_birthdate ?? claims.birthdate)}`}</p>${buttonForm(action, sent, html`Être ${fullName(identity)}`, 'secondary')}</li>`;
}

function pagination(action: string, { page, last }: Found<SimulatedIdentity>, query: string): Html {
  const address = (number: number) =>
    `${action}?${new URLSearchParams({ ...(query ? { q: query } : {}), page: String(number) })}`;
  return html`<nav aria-label="Pages"><p>Page ${page} sur ${last}</p><ul>
${page > 1 && html`<li><a href="${address(page - 1)}">Page précédente</a></li>`}
${page < last && html`<li><a href="${address(page + 1)}">Page suivante</a></li>`}
</ul></nav>`;
}

/** The consent page: the data that will be sent to the service. */
export function consentPage(
  action: string,
  identity: SimulatedIdentity,
  sent: Readonly<Record<string, unknown>>,
): string {
  const data = Object.entries(labels).flatMap(([claim, label]) => {
    const value = sent[claim];
    if (value === undefined || value === '') return [];
    return [html`<dt>${label}</dt><dd>${shown(claim, value)}</dd>`];
  });
  return frame(
    'Continuer vers le service',
    html`<p>Vous êtes <strong>${fullName(identity)}</strong>.</p>
<h2>Ce qui sera transmis</h2>
<dl>${data}</dl>
${buttonForm(action, { action: 'continuer' }, 'Continuer sur compte ameli')}
${buttonForm(action, { action: 'changer' }, 'Être quelqu’un d’autre', 'secondary')}
${buttonForm(action, { action: 'annuler' }, 'Annuler', 'secondary')}`,
  );
}

/** The error page of FranceConnect when it cannot return to the service. */
export function refusalPage(code: string, explanation: string, clientUrl: string): string {
  return frame(
    'Connexion impossible',
    html`<p class="error">Code d’erreur\u00a0: <strong>${code}</strong></p>
<p>${explanation}</p>
<p><a href="${clientUrl}">Revenir au service</a></p>`,
    { refused: true },
  );
}

const labels: Readonly<Record<string, string>> = {
  family_name: 'Nom de naissance',
  given_name: 'Prénoms',
  preferred_username: 'Nom d’usage',
  birthdate: 'Date de naissance',
  gender: 'Sexe',
  birthplace: 'Commune de naissance',
  birthcountry: 'Pays de naissance',
  email: 'Adresse email',
};

const genders: Readonly<Record<string, string>> = {
  male: 'masculin',
  female: 'féminin',
  unspecified: 'indéterminé',
};

function shown(claim: string, value: unknown): string {
  const text = String(value).replaceAll("'", '’');
  if (claim === 'birthdate') return french(text);
  return claim === 'gender' ? (genders[text] ?? text) : text;
}

function french(date: string): string {
  return date.split('-').reverse().join('/');
}

function fullName({ identifiant, claims }: SimulatedIdentity): string {
  const names = [claims.given_name, claims.family_name].filter((name) => name !== undefined);
  return names.length === 0 ? identifiant : names.join(' ').replaceAll("'", '’');
}
