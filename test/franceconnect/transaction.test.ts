import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { purgeAudit } from '#src/audit/purge.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { Abroad, type FranceConnectSite, franceConnectSite, refusals } from './site.ts';

const person = personNamed('nom-usage');
const tenMinutes = 600_000;

/** As far as the address of the return, not followed yet. */
async function almostBack(
  site: FranceConnectSite,
  headers: Record<string, string> = {},
): Promise<{ visitor: Visitor; back: string }> {
  const visitor = new Visitor(site.app, headers);
  const away = await visitor.get(`${paths.franceConnect}?pour=creation`);
  return { visitor, back: await new Abroad().signIn(away.location ?? '', person.cle) };
}

async function sessions({ services }: FranceConnectSite): Promise<number> {
  return (await services.db.selectFrom('session').select('kind').execute()).length;
}

describe('a journey to FranceConnect', () => {
  it('asks as FranceConnect wants to be asked', async (t) => {
    const site = await franceConnectSite(t);
    const away = await new Visitor(site.app).get(`${paths.franceConnect}?pour=connexion`);
    const { searchParams } = new URL(away.location ?? '');
    assert.match(searchParams.get('state') ?? '', /^[0-9a-f]{64}$/);
    assert.match(searchParams.get('nonce') ?? '', /^[0-9a-f]{64}$/);
    assert.equal(searchParams.get('acr_values'), 'eidas1');
    assert.equal(searchParams.get('code_challenge_method'), 'S256');
    assert.match(searchParams.get('scope') ?? '', /^openid /);
    assert.equal(searchParams.get('redirect_uri'), `http://localhost${paths.franceConnectReturn}`);
    const cookie = String(away.headers['set-cookie']);
    assert.match(cookie, /franceconnect=[\w-]{43};.*HttpOnly; SameSite=Lax/);
  });

  it('counts once: a replay opens nothing', async (t) => {
    const site = await franceConnectSite(t);
    const { visitor, back } = await almostBack(site);
    const replay = visitor.twin();
    assert.equal((await visitor.get(back)).location, paths.terms);
    const again = await replay.get(back);
    assert.equal(again.location, paths.franceConnectOutcome);
    assert.equal(await sessions(site), 1);
    assert.deepEqual(await refusals(site), ['transaction']);
  });

  it('reloaded or gone back to, leads where the person stands, and keeps what was told', async (t) => {
    const site = await franceConnectSite(t);
    const { visitor, back } = await almostBack(site);
    assert.equal((await visitor.get(back)).location, paths.terms);
    const secret = visitor.cookies.get('franceconnect');
    for (const again of [back, back, `${paths.franceConnectReturn}?state=x`, paths.franceConnectOutcome])
      assert.equal((await visitor.get(again)).location, paths.terms);
    assert.equal(visitor.cookies.get('franceconnect'), secret);
    assert.deepEqual(await refusals(site), []);
    const other = await almostBack(site);
    const { searchParams } = new URL(other.back, 'http://localhost');
    const query = `error=access_denied&state=${searchParams.get('state')}&iss=${searchParams.get('iss')}`;
    for (let i = 0; i < 2; i++) {
      assert.equal(
        (await other.visitor.get(`${paths.franceConnectReturn}?${query}`)).location,
        paths.franceConnectOutcome,
      );
      assert.match((await other.visitor.get(paths.franceConnectOutcome)).html, /n’a pas abouti/);
    }
    const nobody = await new Visitor(site.app).get(paths.franceConnectOutcome);
    assert.doesNotMatch(nobody.html, /Rien n’a été enregistré/, 'somebody may be proved in another copy');
  });

  it('counts once when it comes twice at the same time', async (t) => {
    const site = await franceConnectSite(t);
    const { visitor, back } = await almostBack(site);
    const twins = [visitor, visitor.twin(), visitor.twin()];
    const answers = await Promise.all(twins.map((twin) => twin.get(back)));
    assert.equal(answers.filter(({ location }) => location === paths.terms).length, 1);
    assert.equal(await sessions(site), 1);
  });

  it('ends in the browser that began it', async (t) => {
    const site = await franceConnectSite(t);
    const first = await almostBack(site);
    const second = await almostBack(site);
    const stranger = new Visitor(site.app);
    assert.equal((await stranger.get(first.back)).location, paths.franceConnectOutcome);
    assert.equal((await second.visitor.get(first.back)).location, paths.franceConnectOutcome);
    assert.equal(await sessions(site), 0);
    assert.equal((await first.visitor.get(first.back)).location, paths.terms, 'and is not taken by others');
  });

  it('leaves what is refused of nobody in no chain that everybody shares, and not for ever', async (t) => {
    const site = await franceConnectSite(t);
    const { db, clock } = site.services;
    const people = async () =>
      (await db.selectFrom('audit_event').select('person_key').distinct().execute()).length;
    for (const ip of ['198.51.100.7', '198.51.100.7', '203.0.113.9'])
      await new Visitor(site.app, { 'x-forwarded-for': ip }).get(`${paths.franceConnectReturn}?state=x`);
    assert.equal((await refusals(site)).length, 3);
    assert.equal(await people(), 2);
    site.clock.advance(366 * 24 * 3_600_000);
    assert.equal(await purgeAudit(db, site.services.keyring, clock.now()), 2);
    assert.equal((await refusals(site)).length, 0);
  });

  it('is not failed by images of other sites: they close nothing for a shared address', async (t) => {
    const site = await franceConnectSite(t);
    const address = { 'x-forwarded-for': '198.51.100.7' };
    const { visitor, back } = await almostBack(site, address);
    for (let i = 0; i < 40; i++) {
      const other = new Visitor(site.app, address);
      if (i % 2 === 1) other.cookies.set('franceconnect', 'A'.repeat(43));
      await other.get(`${paths.franceConnectReturn}?code=x&state=${'0'.repeat(64)}&i=${i}`);
      await other.get(`${paths.franceConnectReturn}?error=access_denied`);
    }
    const counted = await site.services.db.selectFrom('attempt').select('kind').execute();
    assert.deepEqual(counted, []);
    const neighbour = new Visitor(site.app, address);
    await neighbour.get(paths.identity);
    assert.equal((await neighbour.post(paths.identity, identityOf(person))).location, paths.proof);
    assert.equal((await visitor.get(back)).location, paths.terms);
  });

  it('closes for an address after thirty journeys that failed, and closes nothing else there', async (t) => {
    const site = await franceConnectSite(t);
    const address = { 'x-forwarded-for': '198.51.100.7' };
    for (let i = 0; i < 30; i++) {
      const { visitor, back } = await almostBack(site, address);
      const forged = new URL(back, 'http://localhost');
      forged.searchParams.set('code', 'x');
      assert.equal((await visitor.get(forged.pathname + forged.search)).location, paths.franceConnectOutcome);
    }
    const { visitor, back } = await almostBack(site, address);
    assert.equal(
      (await visitor.get(back)).location,
      paths.franceConnectOutcome,
      'refused before it is asked',
    );
    const neighbour = new Visitor(site.app, address);
    await neighbour.get(paths.identity);
    assert.equal((await neighbour.post(paths.identity, identityOf(person))).location, paths.proof);
    const elsewhere = await almostBack(site, { 'x-forwarded-for': '203.0.113.7' });
    assert.equal((await elsewhere.visitor.get(elsewhere.back)).location, paths.terms);
  });

  it('mixes up nothing when two journeys swap their codes', async (t) => {
    const site = await franceConnectSite(t);
    const first = await almostBack(site);
    const second = await almostBack(site);
    const [a, b] = [first, second].map(({ back }) => new URL(back, 'http://localhost'));
    assert.ok(a && b);
    a.searchParams.set('code', b.searchParams.get('code') ?? '');
    assert.equal((await first.visitor.get(a.pathname + a.search)).location, paths.franceConnectOutcome);
    assert.equal(await sessions(site), 0);
  });

  it('lasts ten minutes, to the second', async (t) => {
    const site = await franceConnectSite(t);
    const early = await almostBack(site);
    const late = await almostBack(site);
    site.clock.advance(tenMinutes - 1_000);
    assert.equal((await early.visitor.get(early.back)).location, paths.terms);
    site.clock.advance(1_000);
    assert.equal((await late.visitor.get(late.back)).location, paths.franceConnectOutcome);
    assert.match((await late.visitor.get(paths.franceConnectOutcome)).html, /plus de 10 minutes/);
  });

  it('needs its state, also to bring an error back', async (t) => {
    const site = await franceConnectSite(t);
    const { visitor, back } = await almostBack(site);
    const { searchParams } = new URL(back, 'http://localhost');
    const state = searchParams.get('state') ?? '';
    const iss = encodeURIComponent(searchParams.get('iss') ?? '');
    for (const query of [
      '',
      '?error=access_denied',
      `?error=access_denied&state=${'0'.repeat(64)}`,
      `?code=x&state=${state}&state=${state}`,
      '?state=',
    ])
      assert.equal(
        (await visitor.get(paths.franceConnectReturn + query)).location,
        paths.franceConnectOutcome,
        query,
      );
    const denied = `${paths.franceConnectReturn}?error=access_denied&state=${state}&iss=${iss}`;
    await visitor.get(denied);
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /n’a pas abouti/);
    await visitor.get(back);
    assert.match(
      (await visitor.get(paths.franceConnectOutcome)).html,
      /n’a pas abouti/,
      'it was taken, and how is still told',
    );
    assert.equal(await sessions(site), 0);
  });

  it('starts again from a form that was too old', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    const old = await visitor.post(`${paths.franceConnect}?pour=creation`, { nom: 'X' }, { csrf: 'old' });
    assert.equal(old.status, 403);
    assert.match(old.html, new RegExp(`href="${paths.identity}"`));
    const rows = await site.services.db.selectFrom('oidc_transaction').selectAll().execute();
    assert.equal(rows.length, 0);
  });

  it('leaves nothing readable in the database', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    await visitor.post(`${paths.franceConnect}?pour=creation`, { nir: person.line.nir, nom: 'Nom tapé' });
    const rows = await site.services.db.selectFrom('oidc_transaction').selectAll().execute();
    const text = rows.map(({ sealed }) => sealed.toString('latin1')).join();
    assert.equal(rows.length, 1);
    assert.doesNotMatch(text, new RegExp(`${person.line.nir}|Nom tap`));
  });

  it('lets forms lead to the provider, and to nobody else', async (t) => {
    const site = await franceConnectSite(t);
    const { headers } = await new Visitor(site.app).get(paths.identity);
    const policy = String(headers['content-security-policy']);
    const origin = new URL(site.simulator.issuer).origin;
    assert.ok(policy.includes(`form-action 'self' ${origin};`), policy);
  });
});
