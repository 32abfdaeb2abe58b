import { common } from '#src/texts/common.ts';
import { attributes, classes } from '#src/web/components/attributes.ts';
import { describedBy, type Field, label, notes } from '#src/web/components/field.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

export interface PasswordInputOptions extends Field {
  readonly autocomplete: 'current-password' | 'new-password';
  /** Digits only: small screens then show a numeric keyboard. */
  readonly inputmode?: 'numeric' | undefined;
  /** Id of the list of rules, which then describes the field. */
  readonly rules?: string | undefined;
}

/**
 * The name under which a password manager keeps the password of a form: neither shown nor sent. Without a name, which a
 * page gives only where its session shows it, the manager writes the one that it knows.
 */
export function usernameField(username = ''): Html {
  return html`<input type="text" aria-label="NIR" autocomplete="username"${attributes({ value: username || null })} hidden>`;
}

/** A password field: never filled by the server, accepts pasting, can be shown when scripts run. */
export function passwordInput(visit: Localised, options: PasswordInputOptions): Html {
  const { name, id = name, error, required = true } = options;
  const texts = common[visit.voice];
  const wrapper = attributes({
    class: classes('govuk-form-group', error && 'govuk-form-group--error', 'govuk-password-input'),
    'data-i18n.show-password': texts.show,
    'data-i18n.hide-password': texts.hide,
    'data-i18n.show-password-aria-label': texts.showPassword,
    'data-i18n.hide-password-aria-label': texts.hidePassword,
    'data-i18n.password-shown-announcement': texts.passwordShown,
    'data-i18n.password-hidden-announcement': texts.passwordHidden,
  });
  const control = attributes({
    class: classes('govuk-input govuk-password-input__input', error && 'govuk-input--error'),
    id,
    name,
    type: 'password',
    spellcheck: 'false',
    'aria-describedby': describedBy(options, options.rules),
    'aria-invalid': error ? 'true' : null,
    autocomplete: options.autocomplete,
    inputmode: options.inputmode,
    required,
  });
  return html`<div${wrapper}>${label(options)}${notes(visit, options)}<div class="govuk-input__wrapper govuk-password-input__wrapper"><input${control}><button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle" aria-controls="${id}" aria-label="${texts.showPassword}" hidden>${texts.show}</button></div>${options.help}</div>`;
}
