/** Which messages of a tray nobody has opened since the demo began; those of before are read. */
export interface Unread {
  readonly count: () => number;
  readonly isNew: (id: string) => boolean;
  readonly opened: (...ids: readonly string[]) => void;
}

export function openUnread({ ids }: { ids(): readonly string[] }): Unread {
  const opened = new Set(ids());
  return {
    count: () => ids().filter((id) => !opened.has(id)).length,
    isNew: (id) => !opened.has(id),
    opened: (...read) => {
      for (const id of read) opened.add(id);
    },
  };
}
