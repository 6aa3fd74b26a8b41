/** PUBLISH, SUBSCRIBE, NOTIFY; one agent or a list. */
import { strict as assert } from 'node:assert';
import type { SipRequest, SipResponse } from '../../demo/switch/core/message.js';
import { aor, DOMAIN, RawAgent } from './support/agent.js';
import { onBothSwitches, onSwitch } from './support/switches.js';

const pidf = (user: string, device: string, note: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" ` +
  `xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="${aor(user)}"><tuple id="${device}"><status><basic>open</basic></status><rpid:activities><rpid:away/></rpid:activities><note>${note}</note></tuple></presence>`;

function publish(
  agent: RawAgent,
  options: { note?: string; device?: string; etag?: string | undefined; expires?: number; user?: string } = {},
): Promise<SipResponse> {
  const user = options.user ?? agent.user;
  const body = options.note === undefined ? '' : pidf(user, options.device ?? 'd1', options.note);
  const headers = [
    'Event: presence',
    `Expires: ${options.expires ?? 60}`,
    ...(options.etag === undefined ? [] : [`SIP-If-Match: ${options.etag}`]),
  ];
  return agent.ask('PUBLISH', aor(user), { body, headers: body === '' ? headers : [...headers, 'Content-Type: application/pidf+xml'] });
}

const etagOf = (response: SipResponse): string => response.headers.get('sip-etag') ?? '';

interface Watch {
  readonly callId: string;
  readonly response: SipResponse;
  /** The next NOTIFY that fits; every one before it is answered too. */
  readonly next: (fits: (notify: SipRequest) => boolean, ms?: number) => Promise<SipRequest>;
}

async function watch(
  agent: RawAgent,
  uri: string,
  extra: readonly string[] = [],
  options: { expires?: number; body?: string; event?: string } = {},
): Promise<Watch> {
  const headers = [
    `Event: ${options.event ?? 'presence'}`,
    `Expires: ${options.expires ?? 60}`,
    'Accept: application/pidf+xml, application/rlmi+xml, multipart/related',
    ...extra,
  ];
  const { branch, callId } = agent.send('SUBSCRIBE', uri, { headers, body: options.body ?? '' });
  const response = await agent.final(branch);
  const next: Watch['next'] = async (fits, ms = 8000) => {
    for (;;) {
      const notify = await agent.incoming('NOTIFY', callId, ms);
      agent.reply(notify, 200);
      if (fits(notify)) return notify;
    }
  };
  return { callId, response, next };
}

const says =
  (text: string) =>
  (notify: SipRequest): boolean =>
    notify.body.includes(text);
const any = (): boolean => true;
const EVENTLIST = ['Supported: eventlist'];

onBothSwitches('presence', {
  'a watcher hears at once, and again at every change': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const john1 = await watch(kate, aor('john'));
    assert.ok([200, 202].includes(john1.response.status));
    assert.match((await john1.next(any)).headers.get('subscription-state') ?? '', /^active;expires=\d+/);
    const first = await publish(john, { note: 'Ready' });
    assert.equal(first.status, 200);
    const notify = await john1.next(says('Ready'));
    assert.match(notify.headers.get('content-type') ?? '', /^application\/pidf\+xml/);
    assert.equal(notify.headers.get('event'), 'presence');
    await publish(john, { note: 'Lunch ☕', etag: etagOf(first) });
    const changed = await john1.next(says('Lunch ☕'));
    assert.ok(!changed.body.includes('Ready'));
  },
  'who comes later hears the state at once': async ({ login }) => {
    const [kate, aki] = [await login('kate'), await login('aki')];
    await publish(aki, { note: 'Here before you' });
    await (await watch(kate, aor('aki'))).next(says('Here before you'));
  },
  'two devices are merged, one that unpublishes disappears': async ({ login }) => {
    const [kate, john, john2] = [await login('kate'), await login('jurgen'), await login('jurgen')];
    const seen = await watch(kate, aor('jurgen'));
    await publish(john, { note: 'Desk', device: 'd1' });
    const second = await publish(john2, { note: 'Mobile', device: 'd2' });
    const both = await seen.next((notify) => says('Desk')(notify) && says('Mobile')(notify));
    assert.equal(both.body.match(/<tuple/g)?.length, 2);
    assert.equal((await publish(john2, { etag: etagOf(second), expires: 0 })).status, 200);
    await seen.next((notify) => says('Desk')(notify) && !says('Mobile')(notify));
  },
  'refreshed without a body it stays, forgotten it runs out': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('dmitri')];
    const seen = await watch(kate, aor('dmitri'));
    const first = await publish(john, { note: 'Here', expires: 60 });
    const second = await publish(john, { etag: etagOf(first), expires: 1 });
    assert.equal(second.status, 200);
    await seen.next(says('Here'));
    const over = await seen.next((notify) => !says('<basic>open</basic>')(notify), 9000);
    assert.ok(!over.body.includes('>Here<'));
  },
  'an unknown entity tag 412, another agent’s state 403, another event 489': async ({ login }) => {
    const john = await login('john');
    assert.equal((await publish(john, { note: 'x', etag: 'none' })).status, 412);
    assert.equal((await publish(john, { note: 'x', user: 'kate' })).status, 403);
    assert.equal((await john.ask('PUBLISH', aor('john'), { headers: ['Event: dialog'], body: '' })).status, 489);
    const refused = (await watch(john, aor('kate'), [], { event: 'dialog' })).response;
    assert.equal(refused.status, 489);
    assert.match(refused.headers.get('allow-events') ?? '', /presence/);
  },
  'an unknown agent 404, an unknown subscription 481': async ({ login }) => {
    const kate = await login('kate');
    assert.equal((await watch(kate, aor('nobody'))).response.status, 404);
    const stale = await kate.ask('SUBSCRIBE', `sip:presence@${DOMAIN}`, {
      to: `<${aor('john')}>;tag=none`,
      headers: ['Event: presence', 'Expires: 60'],
    });
    assert.equal(stale.status, 481);
  },
  'a subscription is prolonged and ended within its dialog': async ({ login }) => {
    const kate = await login('kate');
    const seen = await watch(kate, aor('john'));
    await seen.next(any);
    const dialog = { callId: seen.callId, from: seen.response.headers.get('from') ?? '', to: seen.response.headers.get('to') ?? '' };
    const target = /<([^>]*)>/.exec(seen.response.headers.get('contact') ?? '')?.[1] ?? '';
    const longer = await kate.ask('SUBSCRIBE', target, { ...dialog, headers: ['Event: presence', 'Expires: 120'] });
    assert.ok([200, 202].includes(longer.status));
    await seen.next(any);
    await kate.ask('SUBSCRIBE', target, { ...dialog, headers: ['Event: presence', 'Expires: 0'] });
    assert.match(
      (await seen.next((notify) => /^terminated/.test(notify.headers.get('subscription-state') ?? ''))).headers.get('subscription-state') ??
        '',
      /^terminated/,
    );
  },
  'a subscription that nobody prolongs ends with a word': async ({ login }) => {
    const kate = await login('kate');
    const seen = await watch(kate, aor('john'), [], { expires: 2 });
    await seen.next((notify) => /^terminated;reason=timeout/.test(notify.headers.get('subscription-state') ?? ''), 12_000);
  },
});

onBothSwitches('presence lists', {
  'one subscription to the team brings everyone’s state, and then the changes': async ({ login }) => {
    const [kate, john, maria] = [await login('kate'), await login('john'), await login('maria')];
    await publish(john, { note: 'Ready to help' });
    const team = await watch(kate, aor('team'), EVENTLIST);
    assert.ok([200, 202].includes(team.response.status));
    assert.match(team.response.headers.get('require') ?? '', /eventlist/);
    const full = await team.next(says('Ready to help'), 10_000);
    assert.match(full.headers.get('content-type') ?? '', /^multipart\/related;.*application\/rlmi\+xml/);
    assert.match(full.headers.get('require') ?? '', /eventlist/);
    const cid = new RegExp(`<resource uri="${aor('john')}"[^]*?cid="([^"]+)"`).exec(full.body)?.[1] ?? 'none';
    assert.ok(full.body.includes(`Content-ID: <${cid}>`), full.body);
    await publish(maria, { note: 'Maria is in' });
    const news = await team.next(says('Maria is in'), 10_000);
    assert.ok(news.body.includes(`<resource uri="${aor('maria')}"`));
  },
  'a group is a list of its members': async ({ login }) => {
    const [kate, tom] = [await login('kate'), await login('tom')];
    await publish(tom, { note: 'Tom is in' });
    const group = await watch(kate, aor('supervisors'), EVENTLIST);
    const full = await group.next(says('Tom is in'), 10_000);
    assert.ok(!full.body.includes(aor('john')));
  },
  'a list needs the extension': async ({ login }) => {
    const kate = await login('kate');
    const refused = (await watch(kate, aor('team'))).response;
    assert.equal(refused.status, 421);
    assert.match(refused.headers.get('require') ?? '', /eventlist/);
  },
});

onSwitch('embedded', 'presence lists of one’s own', {
  'a list in the SUBSCRIBE body (RFC 5367)': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    await publish(john, { note: 'Ready' });
    const entries = [aor('john'), aor('zofia'), 'sip:bob@elsewhere.test'].map((uri) => `<entry uri="${uri}"/>`).join('');
    const body = `<?xml version="1.0"?><resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list>${entries}</list></resource-lists>`;
    const headers = ['Supported: eventlist', 'Require: recipient-list-subscribe', 'Content-Type: application/resource-lists+xml'];
    const list = await watch(kate, aor('team'), headers, { body });
    assert.equal(list.response.status, 200);
    const full = await list.next(any);
    assert.match(full.body, /fullState="true"/);
    assert.match(full.body, /uri="sip:bob@elsewhere\.test".*?state="terminated" reason="noresource"/s);
    assert.equal(full.body.match(/<resource /g)?.length, 3);
    assert.equal(full.body.match(/application\/pidf\+xml/g)?.length, 1);
  },
  'a long list comes in several notifications, each below the limit': async ({ url }) => {
    const kate = await RawAgent.login(url, 'kate');
    const entries = Array.from({ length: 300 }, (_, index) => `<entry uri="${aor(`agent${index}`)}"/>`).join('');
    const headers = ['Supported: eventlist', 'Content-Type: application/resource-lists+xml'];
    const list = await watch(kate, aor('team'), headers, { body: `<resource-lists>${entries}</resource-lists>` });
    let seen = 0;
    while (seen < 300) {
      const notify = await list.next(any);
      assert.ok(Buffer.byteLength(notify.body) < 49_152);
      assert.match(notify.body, /fullState="false"/);
      seen += notify.body.match(/<resource /g)?.length ?? 0;
    }
    assert.equal(seen, 300);
    await kate.close();
  },
});
