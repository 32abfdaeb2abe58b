import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sexOf } from '#src/civil-status/nir.ts';
import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import { Secret } from '#src/crypto/secret.ts';
import {
  civilStatusClaims,
  type SimulatedIdentity,
  simulatorPassword,
} from '#src/demo/franceconnect/people/identity.ts';
import { openSimulator, type Simulator } from '#src/demo/franceconnect/simulator.ts';
import { people } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import { paths } from '#src/paths.ts';
import { systemClock } from '#src/time/clock.ts';
import { type TestApp, type TestOptions, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import type { Seen, Visitor } from '../visitor.ts';

export interface FranceConnectSite extends TestApp {
  readonly simulator: Simulator;
}

export const publicUrl = 'http://localhost';
const start = '2026-03-02T09:00:00Z';

/** The identities of the register's people, each with an address that FranceConnect sends. */
export function identityOf(
  person: NamedPerson,
  changes: Partial<SimulatedIdentity['claims']> = {},
): SimulatedIdentity {
  const { cle, line } = person;
  const claims = civilStatusClaims({ ...line, gender: sexOf(line.nir), email: `${cle}@exemple.fr` });
  return { identifiant: cle, situation: cle, claims: { ...claims, ...changes }, refusal: null };
}

/** The whole site with the simulator of FranceConnect in front of the register's people and those of `others`. */
export async function franceConnectSite(
  t: Closing,
  others: readonly SimulatedIdentity[] = [],
  options: TestOptions & { readonly settings?: Partial<FranceConnectSettings> } = {},
): Promise<FranceConnectSite> {
  const client = { id: 'compte-assure', secret: randomBytes(32).toString('hex') };
  const identities = [...people.map((person) => identityOf(person)), ...others];
  const simulator = await openSimulator({ port: 0, clientUrl: publicUrl, client, identities });
  t.after(() => simulator.close());
  const { settings, ...rest } = options;
  const franceConnect = openFranceConnect(
    {
      issuer: simulator.issuer,
      clientId: client.id,
      clientSecret: new Secret(client.secret),
      signingKey: null,
      encryptionKey: null,
      acr: 'eidas1',
      ...settings,
    },
    { publicUrl: () => publicUrl, clock: systemClock },
  );
  return { ...(await testApp(t, start, { franceConnect, ...rest })), simulator };
}

/** A browser at the provider: keeps its cookies, follows its redirections until it is sent back to the service. */
export class Abroad {
  readonly #cookies = new Map<string, string>();

  async #ask(address: URL, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie, ...(form ? { origin: address.origin } : {}) },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /** Follows until a page, or until it leads back to the service: then its address there. */
  async #follow(
    to: string,
    form?: Record<string, string>,
  ): Promise<{ readonly back: string } | { readonly page: URL; readonly text: string }> {
    let address = new URL(to);
    let response = await this.#ask(address, form);
    for (;;) {
      const location = response.headers.get('location');
      if (location === null) return { page: address, text: await response.text() };
      await response.body?.cancel();
      address = new URL(location, address);
      if (address.origin === publicUrl) return { back: address.pathname + address.search };
      response = await this.#ask(address);
    }
  }

  /** Signs in there as somebody and agrees; answers the address of the return. */
  async signIn(to: string, identifiant: string): Promise<string> {
    let at = await this.#follow(to);
    for (const form of [
      { action: 'connecter', identifiant, motDePasse: simulatorPassword },
      { action: 'continuer' },
    ]) {
      if ('back' in at) return at.back;
      at = await this.#follow(at.page.href, form);
    }
    assert.ok('back' in at, 'text' in at ? at.text : '');
    return at.back;
  }

  async cancel(to: string): Promise<string> {
    const at = await this.#follow(to);
    assert.ok('page' in at);
    const left = await this.#follow(at.page.href, { action: 'annuler' });
    assert.ok('back' in left);
    return left.back;
  }

  /** Ends the session there; answers the address of the return. */
  async signOut(to: string): Promise<string> {
    const at = await this.#follow(to);
    if ('back' in at) return at.back;
    const fields = [...at.text.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
    const action = /<form[^>]*action="([^"]+)"/.exec(at.text)?.[1] ?? at.page.href;
    const left = await this.#follow(new URL(action, at.page).href, {
      ...Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])),
      logout: 'yes',
    });
    assert.ok('back' in left, 'text' in left ? left.text : '');
    return left.back;
  }
}

/** Goes to FranceConnect by the link, comes back as somebody; answers what the return answered. */
export async function throughFranceConnect(
  visitor: Visitor,
  identifiant: string,
  pour: 'creation' | 'connexion' = 'creation',
  abroad = new Abroad(),
): Promise<Seen> {
  const away = await visitor.get(`${paths.franceConnect}?pour=${pour}`);
  assert.equal(away.status, 303);
  return visitor.get(await abroad.signIn(away.location ?? '', identifiant));
}

/** The reasons that the audit has for refusals of FranceConnect, oldest first. */
export async function refusals({ services }: TestApp): Promise<unknown[]> {
  const rows = await services.db
    .selectFrom('audit_event')
    .select('details')
    .where('kind', '=', 'franceconnect-refused')
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return rows.map(({ details }) => details.reason);
}
