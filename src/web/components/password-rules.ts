import { common } from '#src/texts/common.ts';
import { attributes } from '#src/web/components/attributes.ts';
import { type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { Localised } from '#src/web/visit.ts';

export interface PasswordRulesOptions {
  /** Id of the list, to give to `passwordInput` as `rules`. */
  readonly id: string;
  /** Id of the password field. */
  readonly field: string;
  /** The rules as people read them. Only the server decides. */
  readonly items: readonly {
    readonly rule: 'length' | 'latin' | 'digit' | 'allowed' | 'personal';
    readonly text: string;
  }[];
  readonly minimum: number;
  readonly maximum: number;
  /** Special characters that the policy admits; empty when anything is. */
  readonly specials: string;
}

/**
 * The rules of a password: a plain list, ticked off as one types when scripts run. Nothing about the person is sent for
 * that: where a rule is about them, the browser judges what it can, and leaves the rest to the server.
 */
export function passwordRules(visit: Localised, options: PasswordRulesOptions): Html {
  const texts = common[visit.voice];
  const list = attributes({
    class: 'govuk-list govuk-list--bullet password-rules',
    id: options.id,
    'data-rules': options.field,
    'data-minimum': options.minimum,
    'data-maximum': options.maximum,
    'data-specials': options.specials,
    'data-met': texts.ruleMet,
    'data-unmet': texts.ruleUnmet,
  });
  return html`<ul${list}>${options.items.map(({ rule, text }) => html`<li data-rule="${rule}">${text}</li>`)}</ul><script type="module" src="${assetUrl('passwords.js')}" integrity="${assetIntegrity('passwords.js')}"></script>`;
}

/**
 * «Niveau indicatif de sécurité : élevé», shown and kept up to date when scripts run. `recommended`: how many digits the
 * page recommends for a code of digits, which are then not called weak.
 */
export function passwordStrength(visit: Localised, field: string, recommended?: number): Html {
  const texts = common[visit.voice];
  const levels = {
    'data-recommended': recommended,
    'data-common': texts.common,
    'data-weak': texts.weak,
    'data-medium': texts.medium,
    'data-strong': texts.strong,
  };
  return html`<p class="govuk-body password-strength"${attributes({ 'data-strength': field, ...levels })} hidden>${texts.strength} <output aria-live="polite" for="${field}"></output></p>`;
}
