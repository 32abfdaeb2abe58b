import type { ConsentPurpose, Policy } from '#src/policy/schema.ts';

export type ContactField = 'email' | 'portable' | 'fixe';
export type ContactItem =
  | { readonly kind: 'field'; readonly field: ContactField }
  | { readonly kind: 'consent'; readonly purpose: ConsentPurpose };

/** The field that a consent concerns and follows; null for every means of contact. */
const about: Readonly<Record<ConsentPurpose, ContactField | null>> = {
  promoEmail: 'email',
  promoPortableTelephone: 'portable',
  promoPortableSms: 'portable',
  promoFixeTelephone: 'fixe',
  contactTelephone: null,
  contactSms: null,
  etudes: null,
};

/**
 * The fields and consents of the contact page in their order: consents in the order of the policy, each field before the
 * first consent that concerns it, all fields before a consent that concerns none in particular.
 */
export function contactItems({ telephones, consents }: Policy['contact']): readonly ContactItem[] {
  const waiting: ContactField[] = ['email', ...telephones];
  const items: ContactItem[] = [];
  const showUpTo = (last: ContactField | null) => {
    const end = last === null ? waiting.length : waiting.indexOf(last) + 1;
    for (const field of waiting.splice(0, end)) items.push({ kind: 'field', field });
  };
  for (const purpose of consents) {
    showUpTo(about[purpose]);
    items.push({ kind: 'consent', purpose });
  }
  showUpTo(null);
  return items;
}

/** The page in its two parts: the address, then everything from the first telephone on. */
export function contactParts(contact: Policy['contact']): {
  readonly address: readonly ContactItem[];
  readonly telephones: readonly ContactItem[];
} {
  const items = contactItems(contact);
  const first = items.findIndex((item) => item.kind === 'field' && item.field !== 'email');
  return { address: items.slice(0, first), telephones: items.slice(first) };
}
