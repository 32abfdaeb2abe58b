import type { Account } from '#src/accounts/account.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import type { NoticeFate } from '#src/notices/fate.ts';
import { demoTrayLink } from '#src/page-parts/demo-tray-link.ts';
import { fateView } from '#src/page-parts/mail-fate.ts';
import { missingMail } from '#src/page-parts/missing-mail.ts';
import { nirField } from '#src/page-parts/nir-field.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatDate } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { telephoneLink } from '#src/web/components/links.ts';
import { illustrated } from '#src/web/drawings/icon.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** The page until the link or the code is used; `account` null when the browser has no session of it. */
export function waitingView(
  { policy, caisses }: Pick<Services, 'policy' | 'caisses'>,
  request: PageRequest,
  shown: Shown,
  account: Account | null,
  mail: NoticeFate | null,
  below: Html | null = null,
): PageAnswer {
  const { visit, now } = request;
  const t = confirmationTexts[visit.voice];
  if (account && account.pendingUntil <= now) return overView({ caisses }, request, account);
  const dead = account !== null && account.linkDeadAt <= now;
  return formPage(request, shown, {
    title: t.title,
    beside: progress(visit, 'confirmation'),
    body: html`${
      dead
        ? html`<h2 class="govuk-heading-m">${t.deadTitle}</h2><p class="govuk-body">${t.dead}</p>`
        : html`<p class="govuk-body-l">${t.lead}</p>`
    }
      ${account && fate(request, account, mail, dead)}
      ${!dead && codeForm(request, shown, policy.confirmation.codeDigits, account === null)}
      ${again(request, policy, account, dead)}
      ${below}`,
  });
}

function fate({ visit, now }: PageRequest, account: Account, mail: NoticeFate | null, dead: boolean): Html {
  const t = confirmationTexts[visit.voice];
  const linkUntil = formatDate(account.linkDeadAt, visit.voice);
  const accountUntil = formatDate(account.pendingUntil, visit.voice);
  return html`${illustrated('mail', html`<strong>${t.sentTo(account.contact.email)}</strong>`)}
    ${mail && fateView(visit, mail, now)}
    ${demoTrayLink(visit, 'email')}
    <p class="govuk-body">${dead ? t.accountUntil(accountUntil) : linkUntil === accountUntil ? t.until(linkUntil) : t.untilThen(linkUntil, accountUntil)}</p>`;
}

function codeForm({ visit }: PageRequest, shown: Shown, digits: number, askNir: boolean): Html {
  const t = confirmationTexts[visit.voice];
  return form(visit, {
    action: paths.waiting,
    before: html`<p class="govuk-body">${t.orCode}</p>`,
    legend: askNir,
    body: html`
      ${askNir && nirField(visit, shown)}
      ${input(visit, {
        name: 'code',
        label: t.code(digits),
        hint: t.codeHint,
        error: problemOf(shown.problems, 'code'),
        autocomplete: 'one-time-code',
        inputmode: 'numeric',
        spaced: true,
        width: 10,
        spellcheck: 'false',
      })}
      ${button({ text: t.codeSubmit })}`,
  });
}

/** What to do when nothing came; another mail or another address only in the session of the account. */
function again(
  { visit }: PageRequest,
  policy: Services['policy'],
  account: Account | null,
  dead: boolean,
): Html {
  const t = confirmationTexts[visit.voice];
  const resend = form(visit, {
    action: paths.waitingResend,
    body: button({ text: t.resend, style: dead ? 'primary' : 'secondary' }),
  });
  const correct = html`<p class="govuk-body"><a class="govuk-link" href="${paths.waitingAddress}">${t.wrongAddress}</a></p>`;
  const ask = account
    ? html`${resend}${correct}`
    : html`<p class="govuk-body">${t.signInFirst}</p>${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}`;
  if (dead) return ask;
  const call = html`${t.call} ${telephoneLink(visit.supportTelephone)}`;
  return html`<h2 class="govuk-heading-m">${t.notReceived}</h2>
    ${missingMail(visit, policy, 'activation', account?.contact.email ?? null, ...(account ? [t.askAgain] : []), call)}
    ${ask}`;
}

/** After the last day: the person begins again, or calls the caisse. */
export function overView(
  { caisses }: Pick<Services, 'caisses'>,
  { visit }: PageRequest,
  account: Pick<Account, 'caisseCode'>,
): PageAnswer {
  const t = confirmationTexts[visit.voice];
  const caisse = account.caisseCode === null ? undefined : caisses.caisses.get(account.caisseCode);
  const mailbox = caisse?.mailbox ?? visit.supportMailbox;
  return {
    kind: 'page',
    title: t.overTitle,
    body: html`<h1 class="govuk-heading-l">${t.overTitle}</h1>
      <p class="govuk-body">${t.over(caisse?.telephone ?? visit.supportTelephone)}</p>
      ${mailbox && html`<p class="govuk-body">${t.overMailbox(mailbox)}</p>`}
      ${button({ text: t.restart, href: paths.identity })}`,
  };
}
