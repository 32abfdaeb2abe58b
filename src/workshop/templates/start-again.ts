import type { Voice } from '#src/texts/language.ts';
import type { Typed } from '#src/web/page.ts';
import type { Preparation } from '#src/workshop/classes/classes.ts';
import type { AtWork } from '#src/workshop/classes/owned.ts';
import { templateTexts } from '#src/workshop/templates/texts.ts';

/** What the list of classes does with a template. */
export type StartedAgain =
  | Preparation
  | { readonly kind: 'erased' }
  | { readonly kind: 'gone'; readonly text: string };

/** Starts a class with a template, or erases one that can no longer be used; null: the form asked for something else. */
export async function actOnTemplates(
  { templates, own }: Pick<AtWork, 'templates' | 'own'>,
  typed: Typed,
  { policies, voice }: { readonly policies: readonly string[]; readonly voice: Voice },
): Promise<StartedAgain | null> {
  const id = typed.text('modele');
  const t = templateTexts[voice].refusals;
  switch (typed.text('action')) {
    case 'recommencer': {
      const template = templates.find(id);
      if (!template) return { kind: 'gone', text: t.gone };
      const { plan, scenario } = template;
      return policies.includes(plan.policy) ? own.prepare(plan, scenario) : { kind: 'gone', text: t.policy };
    }
    case 'effacer-modele':
      templates.erase(id);
      return { kind: 'erased' };
    default:
      return null;
  }
}
