import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly endsAt: number;
}

const mostKept = 10_000;

/** The storage of the provider, in memory; the oldest entry is dropped beyond `mostKept`. */
export function openStorage(): AdapterFactory {
  const kept = new Map<string, Kept>();
  return (model) => storageOf(kept, model);
}

function storageOf(kept: Map<string, Kept>, model: string): Adapter {
  const key = (id: string) => `${model}/${id}`;
  const alive = (found: Kept | undefined) => (found && found.endsAt > Date.now() ? found.payload : undefined);
  const findWhere = (holds: (payload: AdapterPayload) => boolean) =>
    kept
      .entries()
      .filter(([name]) => name.startsWith(`${model}/`))
      .map(([, found]) => alive(found))
      .find((payload) => payload !== undefined && holds(payload));
  return {
    async upsert(id, payload, expiresIn = 3600) {
      kept.set(key(id), { payload, endsAt: Date.now() + expiresIn * 1000 });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    find: async (id) => alive(kept.get(key(id))),
    findByUid: async (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere((payload) => payload.userCode === userCode),
    async consume(id) {
      const found = kept.get(key(id));
      if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      kept.delete(key(id));
    },
    async revokeByGrantId(grantId) {
      for (const [name, { payload }] of kept) if (payload.grantId === grantId) kept.delete(name);
    },
  };
}
