import type { State } from './world.ts';

/** Whether no page of the same elements in the same order was looked at before, whatever its words. */
export function novelty(): (state: State) => boolean {
  const known = new Set<string>();
  return ({ seen }) => {
    const elements = seen.html.match(/<\w+|(?<= )(?:class|role|type)="[^"]*"|(?<= )aria-[a-z]+/g) ?? [];
    const structure = elements.filter((element, index) => element !== elements[index - 1]).join(' ');
    const before = known.size;
    return known.add(structure).size > before;
  };
}
