import { access, type SitePage } from '#src/access/access.ts';
import { exampleOf, fieldsOf, problemsOf, templateOf } from '#src/api/documentation/openapi.ts';
import { documentationTexts } from '#src/api/documentation/texts.ts';
import type { Endpoint } from '#src/api/endpoint.ts';
import { apiEndpoints } from '#src/api/endpoints.ts';
import { problemStatus } from '#src/api/problem-status.ts';
import { problemTexts } from '#src/api/problem-texts.ts';
import { apiRoot } from '#src/api/standing.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Html, html } from '#src/web/html.ts';

/** The API documentation for people, generated from the same endpoints and schemas as the OpenAPI description. */
export function apiPage(services: Services): SitePage {
  let endpoints: readonly Endpoint[] | undefined;
  return definePage({
    path: paths.api,
    about: {
      part: 'Information',
      shows: 'documentation of the API: every request, field and refusal',
      form: null,
    },
    access: access.everybody,
    aboutNobody: true,
    show: ({ visit }) => {
      const { language, serviceName } = visit;
      const t = documentationTexts[language];
      const title = t.title(serviceName);
      endpoints ??= apiEndpoints(services);
      return {
        kind: 'page',
        title,
        body: html`<h1 class="govuk-heading-l">${title}</h1>
          ${t.lead.map((text) => html`<p class="govuk-body">${text}</p>`)}
          <p class="govuk-body"><a class="govuk-link" href="${apiRoot}/openapi.json">${t.machine}</a></p>
          ${summaryList([
            { key: html`<code>Authorization</code>`, value: t.token },
            { key: html`<code>Accept-Language</code>`, value: t.languageHeader },
            { key: html`<code>Idempotency-Key</code>`, value: t.keyHeader },
          ])}
          ${endpoints.map((endpoint) => section(endpoint, language))}
          <h2 class="govuk-heading-m">${t.problemsTitle}</h2>
          <p class="govuk-body">${t.problemsLead} ${t.fieldCodes}</p>
          ${problems(language)}`,
      };
    },
  });
}

function section(endpoint: Endpoint, language: Language): Html {
  const { id, method, path, status, body, answer, file } = endpoint;
  const t = documentationTexts[language];
  const [summary, description] = t.endpoints[id];
  const refusals = problemsOf(endpoint).map(
    (code) => html`<li><a class="govuk-link" href="#${code}">${code}</a></li>`,
  );
  return html`<section><h2 class="govuk-heading-m" id="${id}">${summary}</h2>
    <p class="govuk-body"><code>${method} ${apiRoot}${templateOf(path)}</code></p>
    <p class="govuk-body">${description}</p>
    <h3 class="govuk-heading-s">${t.request}</h3>
    ${body ? fields(body, 'input', language) : html`<p class="govuk-body">${t.noBody}</p>`}
    <pre class="code" tabindex="0" role="group" aria-label="${t.example}"><code>${curl(endpoint)}</code></pre>
    <h3 class="govuk-heading-s">${t.response} (${status})</h3>
    ${answer ? fields(answer, 'output', language) : html`<p class="govuk-body">${file ? html`<code>${file.join(', ')}</code>` : t.nothing}</p>`}
    <h3 class="govuk-heading-s">${t.refusals}</h3>
    <ul class="govuk-list govuk-list--bullet">${refusals}</ul></section>`;
}

function fields(schema: NonNullable<Endpoint['body']>, io: 'input' | 'output', language: Language): Html {
  const t = documentationTexts[language];
  return summaryList(
    fieldsOf(schema, io, language).map(({ name, text, optional, example }) => ({
      key: html`<code>${name}</code>${optional && ` ${t.optional}`}`,
      value: html`${text}${example !== undefined && html` <code>${JSON.stringify(example)}</code>`}`,
    })),
  );
}

/** The request as a `curl` command; `SITE` and `JETON` stand for the address of the site and the token. */
function curl({ method, path, open, body }: Endpoint): string {
  const lines = [
    `curl -X ${method} "$SITE${apiRoot}${templateOf(path)}"`,
    ...(open ? [] : ['-H "Authorization: Bearer $JETON"']),
    ...(body ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(exampleOf(body))}'`] : []),
  ];
  return lines.join(' \\\n  ');
}

function problems(language: Language): Html {
  const texts = Object.entries(problemTexts[language]);
  const statuses: Readonly<Record<string, number>> = problemStatus;
  return summaryList(
    texts.map(([code, [title, detail]]) => ({
      key: html`<code id="${code}">${code}</code> ${statuses[code]}`,
      value: html`<strong>${title}</strong><br>${detail}`,
    })),
  );
}
