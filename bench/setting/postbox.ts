/** Holds messages until they are taken by address. */
export interface Postbox<Sent> {
  put(address: string, sent: Sent): void;
  /** What came first for this address, which is forgotten; waits for it, 30 s at most. */
  take(address: string): Promise<Sent>;
}

export function openPostbox<Sent>(): Postbox<Sent> {
  const expected = new Map<string, PromiseWithResolvers<Sent>>();
  const expectedAt = (address: string) => {
    const pending = expected.get(address) ?? Promise.withResolvers<Sent>();
    expected.set(address, pending);
    return pending;
  };
  return {
    put: (address, sent) => expectedAt(address).resolve(sent),
    async take(address) {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('Nothing came after 30 s')), 30_000);
      try {
        return await Promise.race([expectedAt(address).promise, late.promise]);
      } finally {
        clearTimeout(timer);
        expected.delete(address);
      }
    },
  };
}
