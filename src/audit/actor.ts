/**
 * Who did what the trail records. `person`: whoever sits at a browser and says to be that person; `program`: a client
 * of the API, in their name; `agent`: somebody of the caisse; `trainer`: who leads a class of the workshop; `system`:
 * the service itself, on a deadline, after an import or at its operator’s command.
 */
export type Actor =
  | { readonly kind: 'person' | 'system' | 'program' }
  /** `id` names nobody outside this installation: letters, digits, `-` and `_`. */
  | { readonly kind: 'agent' | 'trainer'; readonly id: string };
