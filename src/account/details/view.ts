import { copyTexts } from '#src/account/copy/copy-texts.ts';
import type { Overview } from '#src/account/details/overview.ts';
import { accountDetailsTexts } from '#src/account/details/texts.ts';
import type { Account } from '#src/accounts/account.ts';
import { maskNir } from '#src/civil-status/nir.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { maskTelephone } from '#src/contact/telephone.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { common } from '#src/texts/common.ts';
import { formatTime } from '#src/texts/typography.ts';
import { insetText } from '#src/web/components/asides.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The details of an account, and where to change them. */
export function accountDetailsView(
  { caisses, policy, franceConnect }: Pick<Services, 'caisses' | 'policy' | 'franceConnect'>,
  { visit }: PageRequest,
  account: Account,
  overview: Overview,
): PageAnswer {
  const t = accountDetailsTexts[visit.voice];
  const caisse = account.caisseCode === null ? undefined : caisses.caisses.get(account.caisseCode);
  const purposes = policy.contact.consents.filter((purpose) => overview.consents.has(purpose));
  const words = common[visit.voice];
  return {
    kind: 'page',
    title: t.title,
    back: paths.account,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body-l">${t.owner} <strong>${overview.name}</strong></p>
      <h2 class="govuk-heading-m">${t.details}</h2>
      ${details(visit, account, caisse?.name ?? null, overview, franceConnect !== null)}
      <h2 class="govuk-heading-m">${t.consents}</h2>
      ${summaryList(
        purposes.map((purpose) => ({
          key: t.consentNames[purpose],
          value: overview.consents.get(purpose) ? words.yes : words.no,
        })),
      )}
      <p class="govuk-body"><a class="govuk-link" href="${paths.accountConsents}">${t.consentsChange}</a></p>`,
    beside: {
      label: t.signInsAndCard,
      content: html`${table({
        caption: t.signIns,
        head: [t.when, t.what],
        rows: overview.signIns.map(({ accepted, at }) => [
          formatTime(at, visit.voice),
          accepted ? t.accepted : t.refused,
        ]),
      })}
        <p class="govuk-body">${t.notYou(visit.supportTelephone)}</p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.accountDevices}">${t.devices}</a></p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.accountOffline}">${t.offline}</a></p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.accountCopy}">${copyTexts[visit.voice].link}</a></p>
        ${insetText(html`<h2 class="govuk-heading-m">${t.cardTitle}</h2><p>${t.card}</p>`)}`,
    },
  };
}

function details(
  visit: Visit,
  account: Account,
  caisse: string | null,
  { newAddress, linkedToFranceConnect, passwordChangedAt }: Overview,
  franceConnect: boolean,
): Html {
  const t = accountDetailsTexts[visit.voice];
  const { contact } = account;
  const telephone = (e164: string | null) => (e164 === null ? t.none : maskTelephone(e164));
  const change = (href: string, hidden: string) => [{ href, text: t.change, hidden: `(${hidden})` }];
  const pending = html`<br>${t.emailNew} <strong>${newAddress}</strong><br>${t.emailPending} <a class="govuk-link" href="${paths.accountEmailCode}">${t.emailConfirm}</a>`;
  return summaryList([
    { key: t.nir, value: maskNir(contact.nir) },
    {
      key: t.email,
      value: html`${maskEmail(contact.email)}${newAddress !== null && pending}`,
      actions: change(paths.accountEmail, t.email),
    },
    {
      key: t.portable,
      value: telephone(contact.portable),
      actions: change(paths.accountTelephones, t.portable),
    },
    { key: t.fixe, value: telephone(contact.fixe), actions: change(paths.accountTelephones, t.fixe) },
    {
      key: t.password,
      value: passwordChangedAt ? t.passwordChanged(formatTime(passwordChangedAt, visit.voice)) : t.none,
      actions: change(paths.accountPassword, t.password),
    },
    ...(franceConnect
      ? [
          {
            key: 'FranceConnect',
            value: linkedToFranceConnect ? t.linked : t.notLinked,
            actions: change(paths.accountFranceConnect, 'FranceConnect'),
          },
        ]
      : []),
    { key: t.caisse, value: caisse ?? t.caisseUnknown },
  ]);
}
