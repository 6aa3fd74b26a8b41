/** The host in another window: across a real frame, with exact origins, and with everything refused that is not of the protocol. */
import { expect, waitUntil } from '@open-wc/testing';
import { browserEnvironment } from '../../../src/services/environment.js';
import type { HostAdapter, HostCallOptions } from '../../../src/services/hosts/host-adapter.js';
import { createPostMessageAdapter, type PostMessageAdapter } from '../../../src/services/hosts/postmessage-adapter.js';
import { serveHostFrame } from '../../../src/services/hosts/postmessage-host.js';
import { createStaticAdapter } from '../../../src/services/hosts/static-adapter.js';
import { ServiceError } from '../../../src/services/service-error.js';

const INTERACTION = { id: 'i1', media: 'voice' as const, label: 'Broken TV', party: 'Avril', caseData: [] };
const HERE = location.origin;

/** Runs a module inside a frame: there the host serves this window. `what` is an expression for the adapter. */
const FRAME = (what: string): string => `<script type="module">
  import { serveHostFrame } from '/src/services/hosts/postmessage-host.ts';
  import { createStaticAdapter } from '/src/services/hosts/static-adapter.ts';
  globalThis.interaction = ${JSON.stringify(INTERACTION)};
  globalThis.adapter = ${what};
  globalThis.served = serveHostFrame({ frame: parent, origin: ${JSON.stringify(HERE)}, adapter });
  parent.postMessage('served', ${JSON.stringify(HERE)});
</script>`;

interface HostWindow extends Window {
  adapter: ReturnType<typeof createStaticAdapter>;
  served: ReturnType<typeof serveHostFrame>;
  seen: unknown[];
}

describe('the host across a frame', () => {
  let frame: HTMLIFrameElement;
  let end: AbortController;

  beforeEach(() => (end = new AbortController()));
  afterEach(() => {
    end.abort();
    frame.remove();
  });

  /** A frame with a host in it. */
  async function host(what: string): Promise<HostWindow> {
    frame = document.createElement('iframe');
    const served = new Promise((resolve) =>
      addEventListener('message', ({ data }) => data === 'served' && resolve(undefined), { signal: end.signal }),
    );
    frame.srcdoc = FRAME(what);
    document.body.append(frame);
    await served;
    return frame.contentWindow as HostWindow;
  }

  const connect = (to: Window, origin = HERE): PostMessageAdapter =>
    createPostMessageAdapter({ host: to, origin, environment: browserEnvironment(), signal: end.signal });
  const options = (signal = new AbortController().signal): HostCallOptions => ({ signal });

  it('tells what it can do, answers, and tells of changes', async () => {
    const there = await host(
      `createStaticAdapter({ interaction, contacts: { c1: { id: 'c1', Name: 'Avril' } }, history: { c1: [{ id: 'h', media: 'Voice', subject: 'S', at: 5 }] } })`,
    );
    const adapter = connect(there);
    await adapter.ready;
    expect([adapter.name, adapter.capabilities]).to.deep.equal(['static', { interaction: true, contact: true, history: true }]);
    expect((await adapter.activeInteraction?.(options()))?.label).to.equal('Broken TV');
    expect(await adapter.contact?.('c1', options())).to.deep.equal({ id: 'c1', Name: 'Avril' });
    expect(await adapter.contact?.('__proto__', options())).to.equal(null);
    const page = await adapter.searchHistory?.({ contact: 'c1', text: 's', limit: 5 }, options());
    expect(page).to.deep.equal({ items: [{ id: 'h', media: 'Voice', subject: 'S', at: 5 }], total: 1 });
    const changed = new Promise<void>((resolve) => adapter.subscribe?.(resolve));
    there.adapter.setInteraction(null);
    await changed;
    expect(await adapter.activeInteraction?.(options())).to.equal(null);
    expect([adapter.refused, there.served.refused]).to.deep.equal([0, 0]);
  });

  it('refuses, with the words of the host, what the host does not offer', async () => {
    const adapter = connect(await host(`({ name: 'x', capabilities: {}, contact: () => Promise.resolve({ id: 'c1' }) })`));
    await adapter.ready;
    const error: unknown = await adapter.contact?.('c1', options()).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ServiceError).and.to.have.property('message', 'This page offers no contact.');
  });

  it('takes an abort over to the host', async () => {
    const there = await host(
      `({ name: 'x', capabilities: { contact: true }, contact: (ref, { signal }) => new Promise(() => signal.addEventListener('abort', () => (globalThis.seen = [ref]))) })`,
    );
    const adapter = connect(there);
    const control = new AbortController();
    const ended = adapter.contact?.('c9', options(control.signal)).catch((error: unknown) => error);
    control.abort();
    expect(((await ended) as DOMException).name).to.equal('AbortError');
    // The window of the frame has not set it yet.
    await waitUntil(() => (there as Partial<HostWindow>).seen?.[0] === 'c9');
  });

  it('does not count as refused what a host answers after all to a request that was given up', async () => {
    const adapter = connect(
      await host(
        `({ name: 'x', capabilities: { contact: true }, contact: (ref, { signal }) => ref === 'fast' ? Promise.resolve({ id: ref }) : new Promise((resolve) => signal.addEventListener('abort', () => resolve({ id: ref }))) })`,
      ),
    );
    const control = new AbortController();
    const ended = adapter.contact?.('slow', options(control.signal)).catch((error: unknown) => error);
    control.abort();
    await ended;
    // The late answer is on its way before this one's.
    expect((await adapter.contact?.('fast', options()))?.id).to.equal('fast');
    expect(adapter.refused).to.equal(0);
  });

  for (const [what, answer] of [
    ['an interaction without id', `{ media: 'voice' }`],
    ['a text', `'<script>'`],
    ['a list', `[]`],
  ] as const) {
    it(`refuses ${what} as an interaction, and names what is wrong`, async () => {
      const adapter = connect(
        await host(`({ name: 'x', capabilities: { interaction: true }, activeInteraction: () => Promise.resolve(${answer}) })`),
      );
      const error: unknown = await adapter.activeInteraction?.(options()).catch((caught: unknown) => caught);
      expect(error).to.have.property('code', 'host');
      expect((error as Error).message).to.contain('interaction');
    });
  }

  it('refuses and counts what is not of the protocol, at both ends', async () => {
    const there = await host(`createStaticAdapter({ interaction })`);
    const adapter = connect(there);
    await adapter.ready;
    const envelope = { ns: 'deskside', v: 1 };
    const cycle: Record<string, unknown> = { ...envelope, kind: 'request' };
    cycle['self'] = cycle;
    const toHost = [
      'nonsense',
      { ...envelope, v: 2, kind: 'hello' },
      { ...envelope, kind: 'request', id: 'a', method: 'constructor', args: [] },
      { ...envelope, kind: 'request', id: 'a', method: 'contact', args: 'no list' },
      { ...envelope, kind: 'request', id: 'x'.repeat(200), method: 'contact', args: [] },
      cycle,
    ];
    for (const message of toHost) there.postMessage(message, HERE);
    await waitUntil(() => there.served.refused === toHost.length);
    // From this window, not from the host's: of the protocol, but from elsewhere.
    postMessage({ ...envelope, kind: 'capabilities', name: 'evil', capabilities: { contact: true } }, HERE);
    await waitUntil(() => adapter.refused === 1);
    expect([adapter.name, adapter.capabilities.contact]).to.deep.equal(['static', undefined]);
    // What is of neither is other software's, and nobody's business.
    postMessage({ from: 'another library' }, HERE);
    expect((await adapter.activeInteraction?.(options()))?.id).to.equal('i1');
    expect(adapter.refused).to.equal(1);
  });

  const malformed: readonly [method: string, args: unknown[]][] = [
    ['contact', []],
    ['contact', [{ toString: 'c1' }]],
    ['contact', ['x'.repeat(1_000_000)]],
    ['contact', ['c1', 'more']],
    ['activeInteraction', ['more']],
    ['searchHistory', ['c1']],
    ['searchHistory', [{ contact: 'c1', text: 7, limit: 20 }]],
    ['searchHistory', [{ contact: 'c1', text: '', limit: Number.NaN }]],
    ['callAction', ['call', 'constructor', null]],
    ['callAction', ['call', 'hold', {}]],
    ['setBadge', ['9']],
    ['resize', [{ width: -1 }]],
    ['notify', [{ title: 'x' }]],
    ['openRecord', ['c1']],
    ['openRecord', [{ kind: 'case', id: 'c1' }]],
    ['log', [{ kind: 'im', startedAt: 1, endedAt: 2, peer: 'x' }]],
  ];
  it('hands nothing malformed on to the page, says so, and counts it', async () => {
    const there = await host(`((calls) => ({
      name: 'x', calls, capabilities: { interaction: true, contact: true, history: true, callControl: true, badge: true, resize: true, notify: true, openRecord: true, log: true },
      ...Object.fromEntries(['activeInteraction', 'contact', 'searchHistory', 'callAction', 'setBadge', 'resize', 'notify', 'openRecord', 'log'].map((name) => [name, (...args) => { calls.push([name, ...args]); return Promise.resolve(null); }])),
    }))([])`);
    const answers: { id: string; ok: boolean; message?: string }[] = [];
    addEventListener(
      'message',
      ({ data }: MessageEvent<{ kind?: string; id: string; ok: boolean }>) => data.kind === 'response' && answers.push(data),
      { signal: end.signal },
    );
    malformed.forEach(([method, args], at) =>
      there.postMessage({ ns: 'deskside', v: 1, kind: 'request', id: `r${at}`, method, args }, HERE),
    );
    await waitUntil(() => answers.length === malformed.length);
    expect(answers.map(({ ok, message }) => [ok, message])).to.deep.equal(
      malformed.map(([method]) => [false, `This page refused a malformed ${method}.`]),
    );
    const { calls } = there.adapter as unknown as { calls: unknown[] };
    expect([there.served.refused, calls]).to.deep.equal([malformed.length, []]);
  });

  it('hands on what is well-formed, and of objects only the members that are known', async () => {
    const there = await host(`((calls) => ({
      name: 'x', calls, capabilities: { callControl: true, openRecord: true, log: true, badge: true },
      ...Object.fromEntries(['callAction', 'openRecord', 'log', 'setBadge'].map((name) => [name, (...args) => { calls.push([name, ...args.filter((arg) => !(arg && arg.signal))]); return Promise.resolve({ callId: 'k', status: 'held' }); }])),
    }))([])`);
    const adapter = connect(there);
    await adapter.ready;
    const entry = { kind: 'im', startedAt: 1, endedAt: 2, peer: 'John', outcome: 'ended' } as const;
    await adapter.callAction?.('k', 'hold', undefined, options());
    await adapter.openRecord?.({ kind: 'history', id: 'h1' }, options());
    await adapter.log?.({ ...entry, secret: 'x' } as never, options());
    adapter.setBadge?.(3);
    const { calls } = there.adapter as unknown as { calls: unknown[] };
    await waitUntil(() => calls.length === 4);
    expect(calls.map((call) => JSON.parse(JSON.stringify(call)) as unknown)).to.deep.equal([
      ['callAction', 'k', 'hold', null],
      ['openRecord', { kind: 'history', id: 'h1' }],
      ['log', entry],
      ['setBadge', 3],
    ]);
    expect([adapter.refused, there.served.refused]).to.deep.equal([0, 0]);
  });

  for (const [what, answer] of [
    ['a function', '() => 1'],
    ['a node', 'document.body'],
    ['a number', '7'],
    ['an interaction whose id is an object', '{ id: {} }'],
  ] as const) {
    it(`answers with an error where the page gives ${what}`, async () => {
      const adapter = connect(
        await host(`({ name: 'x', capabilities: { interaction: true }, activeInteraction: () => Promise.resolve(${answer}) })`),
      );
      await adapter.ready;
      expect(await adapter.activeInteraction?.(options()).catch((caught: unknown) => caught)).to.have.property('code', 'host');
    });
  }

  it('takes of an interaction that is too much or turns in circles what can be used, and counts what cannot', async () => {
    const adapter = connect(
      await host(`((many, circle) => { circle.self = circle; let turn = 0; return {
        name: 'x', capabilities: { interaction: true, contact: true },
        activeInteraction: () => Promise.resolve({ id: 'i1', media: 'chat', circle, caseData: [{ key: 'circle', value: circle }, { key: 'long', value: 'x'.repeat(1_000_000) }, ...many] }),
        contact: () => Promise.resolve(circle),
      }; })(Array.from({ length: 10_000 }, (_, at) => ({ key: 'k' + at, value: at })), {})`),
    );
    await adapter.ready;
    const interaction = await adapter.activeInteraction?.(options());
    expect(interaction?.caseData).to.have.length(999);
    expect(interaction?.caseData[0]).to.have.property('key', 'long');
    expect(interaction?.caseData[0]?.value).to.have.length(32_768);
    expect(adapter.refused).to.equal(0);
    expect(await adapter.contact?.('c1', options()).catch((caught: unknown) => caught)).to.have.property('code', 'host');
    expect(adapter.refused).to.equal(1);
  });

  it('hears nothing any more once it is ended', async () => {
    const there = await host(`createStaticAdapter({ interaction })`);
    const adapter = connect(there);
    await adapter.ready;
    let told = 0;
    adapter.subscribe?.(() => (told += 1));
    end.abort();
    const second = new AbortController();
    const witness = createPostMessageAdapter({ host: there, origin: HERE, environment: browserEnvironment(), signal: second.signal });
    await witness.ready;
    second.abort();
    expect(told).to.equal(0);
  });

  it('speaks to exact origins only', () => {
    frame = document.createElement('iframe');
    const adapter: HostAdapter = createStaticAdapter({});
    for (const origin of ['*', '', 'null', 'crm.example', 'https://crm.example/', 'https://crm.example/path', 'data:text/html,x']) {
      expect(() => connect(window, origin), origin).to.throw(ServiceError, 'is no exact origin');
      expect(() => serveHostFrame({ frame: window, origin, adapter }), origin).to.throw(ServiceError, 'is no exact origin');
    }
  });
});
