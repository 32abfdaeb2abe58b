import { copyable } from '#src/demo/copy-script.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { franceConnectDifference, franceConnectOf } from '#src/demo/franceconnect/people/identities.ts';
import { link, played } from '#src/demo/index-page.ts';
import { searchPeople } from '#src/demo/people/people-search.ts';
import type { Found } from '#src/demo/people/search.ts';
import { demoTexts } from '#src/demo/texts.ts';
import { type DemoPerson, personForJson } from '#src/fictitious/demo-register.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { details } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The people of the demo's register with what each would type, those in a particular situation first. */
export function peoplePage(
  visit: Visit,
  people: readonly DemoPerson[],
  search: { readonly query: string; readonly page: number; readonly simulated: boolean },
): PageAnswer {
  const t = demoTexts[visit.voice].people;
  const found = searchPeople(people, search.query, search.page);
  return {
    kind: 'page',
    title: t.title,
    back: demoPaths.index,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.intro}</p>
${played(visit)}
<form method="get" action="${demoPaths.people}" role="search">
${input(visit, { name: 'q', label: t.search, hint: t.searchHint, value: search.query, width: 30, required: false })}
${button({ text: t.searchButton, style: 'secondary' })}
</form>
<h2 class="govuk-heading-m">${found.total === 0 ? t.nobody : t.found(found.total)}</h2>
${found.items.map((person) => personDetails(visit, person, search.simulated))}
${found.last > 1 && pagination(visit, found, search.query)}`,
  };
}

function personDetails(visit: Visit, person: DemoPerson, simulated: boolean): Html {
  const t = demoTexts[visit.voice].people;
  const { situation, meets, account, cle } = person;
  const { nom, nomUsage, prenoms, nir, dateNaissance, codePostal, iban7, carte } = personForJson(person);
  const kind = carte?.type === 'photo' ? t.photo : t.plain;
  const state = account?.status === 'open' ? t.active : t.pending;
  const copied = (value: string) => copyable(value, demoTexts[visit.voice]);
  return details({
    id: cle,
    summary: html`${prenoms[0]} ${nomUsage ?? nom} – ${situation[visit.language]}`,
    content: html`${form(visit, {
      action: demoPaths.people,
      body: html`<input type="hidden" name="cle" value="${cle}">${button({ text: account ? t.playSignIn : t.play, style: 'secondary' })}`,
    })}
    ${summaryList([
      ...(meets ? [{ key: t.meets, value: meets[visit.language] }] : []),
      { key: t.name, value: copied(nom) },
      ...(nomUsage === null ? [] : [{ key: t.usageName, value: nomUsage }]),
      { key: t.givenNames, value: prenoms.join(', ') },
      { key: t.nir, value: copied(nir) },
      { key: t.birthDate, value: dateNaissance },
      { key: t.postalCode, value: copied(codePostal) },
      { key: t.iban, value: iban7 === null ? t.noIban : copied(iban7) },
      { key: t.serial, value: carte ? html`${copied(carte.numeroSerie)} (${kind})` : t.noCard },
      ...(simulated ? franceConnectRows(visit, person) : []),
      ...(account
        ? [
            { key: t.account, value: `${account.email} (${state})` },
            { key: t.password, value: copied(demoPassword) },
          ]
        : []),
    ])}`,
  });
}

function franceConnectRows(visit: Visit, person: DemoPerson): { key: string; value: string }[] {
  const t = demoTexts[visit.voice].people;
  const access = franceConnectOf(person);
  if (access === null) return [{ key: t.franceConnect, value: t.noFranceConnect }];
  const difference = franceConnectDifference(person.cle)?.[visit.language];
  return [
    { key: t.franceConnect, value: t.franceConnectAccess(access.identifiant, access.motDePasse) },
    ...(difference ? [{ key: t.franceConnectDiffers, value: difference }] : []),
  ];
}

function pagination(visit: Visit, { page: current, last }: Found<DemoPerson>, query: string): Html {
  const t = demoTexts[visit.voice].people;
  const address = (number: number) =>
    `${demoPaths.people}?${new URLSearchParams({ ...(query ? { q: query } : {}), page: String(number) })}`;
  return html`<nav aria-label="${t.pages}"><p class="govuk-body">${t.where(current, last)}</p>
<ul class="govuk-list">
${current > 1 && html`<li>${link(address(current - 1), t.previous)}</li>`}
${current < last && html`<li>${link(address(current + 1), t.next)}</li>`}
</ul></nav>`;
}
