// Loaded when a form is sent that gives a file: beside it, its page no longer says what was refused before.

document.title = document.title.replace(/(Erreur\u00a0|Error): /, '');
for (const said of document.querySelectorAll('[data-error-summary], .govuk-error-message')) said.remove();
for (const field of document.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
for (const look of ['govuk-form-group--error', 'govuk-input--error'])
  for (const { classList } of document.querySelectorAll(`.${look}`)) classList.remove(look);
