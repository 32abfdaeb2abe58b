/**
 * Who did what the trail records. `person`: somebody in a browser who claims to be that person; `program`: a client
 * of the API, in their name; `agent`: a member of the caisse’s staff; `trainer`: leads a class of the workshop; `system`:
 * the service itself, on a deadline, after an import or at its operator’s command.
 */
export type Actor =
  | { readonly kind: 'person' | 'system' | 'program' }
  /** `id` names nobody outside this installation: letters, digits, `-` and `_`. */
  | { readonly kind: 'agent' | 'trainer'; readonly id: string };
