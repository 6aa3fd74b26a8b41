import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/case-panel/case-panel.define.js';
import type { CasePanel } from '../../../src/components/case-panel/case-panel.js';
import { createStaticAdapter, type StaticHost } from '../../../src/services/hosts/static-adapter.js';
import type { HostAdapter, HostRecord, SessionCase } from '../../../src/services/index.js';
import { fakeService, inside, KATE, mount, shown, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { CASE, JOHN, session } from '../../support/people.js';
import { warnings } from '../../support/warnings.js';

const WITH_CONTACT: SessionCase = {
  ...CASE,
  contact: { ref: 'c1', fields: [{ key: 'Name', label: 'Name', value: 'Avril of the snapshot' }] },
};
const HISTORY = Array.from({ length: 45 }, (_, at) => ({
  id: `h${at}`,
  media: 'Voice',
  subject: at % 2 ? `Invoice ${at}` : `Delivery ${at}`,
  at: Date.UTC(2026, 10, 12) - at * 86_400_000,
  details: [{ key: 'result', label: 'Result', value: `solved ${at}` }],
}));
const CRM: StaticHost = { contacts: { c1: { id: 'c1', Name: 'Avril of the CRM' } }, history: { c1: HISTORY } };

function desk(caseData: SessionCase = WITH_CONTACT, host?: HostAdapter): FakeService {
  const about = session({ direction: 'incoming', origin: 'consultation', interaction: CASE.interaction, peer: JOHN });
  return fakeService({ sessions: ['s1'], 'session:s1': about, 'case:s1': caseData }, {}, host ? { host } : {});
}

const show = (fake: FakeService): Promise<CasePanel> => mount<CasePanel>(html`<case-panel session-id="s1"></case-panel>`, fake);

async function open(element: CasePanel, tab: 'contact' | 'history'): Promise<void> {
  inside(element, `#tab-${tab}`).click();
  await element.updateComplete;
}

const entries = (element: CasePanel): string[] => [...element.renderRoot.querySelectorAll('.entries b')].map((one) => one.textContent);

describe('<case-panel>', () => {
  it('is accessible in each tab', async () => {
    const element = await show(desk(WITH_CONTACT, createStaticAdapter(CRM)));
    await expect(element).to.be.accessible();
    await open(element, 'contact');
    await expect(element).to.be.accessible();
    await open(element, 'history');
    await waitUntil(() => entries(element).length > 0);
    await expect(element).to.be.accessible();
  });

  it('shows the case in the order of its sender, as text, with what changed', async () => {
    const hostile = '<img src=x onerror="globalThis.hacked=1">';
    const element = await show(
      desk({ ...CASE, changed: ['priority'], data: [...CASE.data, { key: 'x', label: hostile, value: hostile, cut: true }] }),
    );
    const words = shown(element);
    expect(words).to.match(/Voice: Broken TV .*Call Type ?Support ?Priority ?High ?changed ?Reason ?Broken TV/);
    expect(words).to.contain(hostile).and.to.contain('shortened');
    expect(getComputedStyle(inside(element, '.changed')).borderTopLeftRadius, 'a mark beside the value, not a word of it').not.to.equal(
      '0px',
    );
    expect(element.renderRoot.querySelector('img')).to.equal(null);
    expect('hacked' in globalThis).to.equal(false);
  });

  it('follows changes of the case', async () => {
    const fake = desk();
    const element = await show(fake);
    fake.store.set('case:s1', { ...CASE, seq: 2, changed: ['reason'], data: [{ key: 'reason', label: 'Reason', value: 'New TV' }] });
    await waitUntil(() => /Reason ?New TV ?changed/.test(shown(element)));
  });

  it('has the contact from the own host, and says so', async () => {
    const element = await show(desk(WITH_CONTACT, createStaticAdapter(CRM)));
    await open(element, 'contact');
    await waitUntil(() => shown(element).includes('Avril of the CRM'));
    expect(shown(element)).to.contain('From your own application').and.not.to.contain('snapshot');
    expect(element.renderRoot.querySelector('.panel :is(input, textarea, select)')).to.equal(null);
  });

  it('has the contact as it was sent where there is no host, or the host does not know it', async () => {
    for (const host of [undefined, createStaticAdapter({ contacts: {} })]) {
      const element = await show(desk(WITH_CONTACT, host));
      await open(element, 'contact');
      await waitUntil(() => shown(element).includes('Avril of the snapshot'));
      expect(shown(element)).to.contain('As sent by John Davis');
    }
  });

  it('says where nothing is known of the contact', async () => {
    const element = await show(desk(CASE));
    await open(element, 'contact');
    expect(shown(element)).to.contain('Nothing is known of the contact');
  });

  it('says what failed, and tries again', async () => {
    let fails = true;
    const host: HostAdapter = {
      name: 'broken',
      capabilities: { contact: true },
      contact: () => (fails ? Promise.reject(new Error('secret of the host')) : Promise.resolve({ id: 'c1', Name: 'Avril' })),
    };
    const element = await show(desk(WITH_CONTACT, host));
    await open(element, 'contact');
    await waitUntil(() => element.renderRoot.querySelector('[role="alert"]'));
    expect(shown(element))
      .to.contain('The contact cannot be loaded. The surrounding application did not do this.')
      .and.not.to.contain('secret');
    fails = false;
    inside(element, '[role="alert"] button').click();
    await waitUntil(() => shown(element).includes('From your own application'));
  });

  it('pages and searches the history, with details of an entry', async () => {
    const element = await show(desk(WITH_CONTACT, createStaticAdapter(CRM)));
    await open(element, 'history');
    await waitUntil(() => entries(element).length === 20);
    inside(element, '.panel > button').click();
    await waitUntil(() => entries(element).length === 40);
    inside(element, 'summary').click();
    expect(inside(element, 'details[open]').textContent).to.contain('solved 0');
    const box = inside<HTMLInputElement>(element, 'input');
    box.value = 'invoice 4';
    box.dispatchEvent(new Event('input'));
    await waitUntil(() => entries(element).length > 0 && entries(element).every((subject) => subject.startsWith('Invoice')));
    box.value = 'nothing of the kind';
    box.dispatchEvent(new Event('input'));
    await waitUntil(() => shown(element).includes('No entry matches “nothing of the kind”'));
    await open(element, 'contact');
    await open(element, 'history');
    await waitUntil(() => shown(element).includes('No entry matches “nothing of the kind”'));
    expect(inside<HTMLInputElement>(element, 'input').value, 'what was searched for stands in the box').to.equal('nothing of the kind');
  });

  it('says that the history is loading, empty, failed, or not there', async () => {
    let answer: (page: { items: [] }) => void = () => undefined;
    const host = (searchHistory: HostAdapter['searchHistory']): HostAdapter => ({
      name: 'slow',
      capabilities: { history: true },
      ...(searchHistory ? { searchHistory } : {}),
    });
    const slow = await show(
      desk(
        WITH_CONTACT,
        host(() => new Promise((resolve) => (answer = resolve))),
      ),
    );
    await open(slow, 'history');
    expect(shown(slow)).to.contain('Loading…');
    answer({ items: [] });
    await waitUntil(() => shown(slow).includes('No entries'));
    const broken = await show(
      desk(
        WITH_CONTACT,
        host(() => Promise.reject(new Error())),
      ),
    );
    await open(broken, 'history');
    await waitUntil(() => broken.renderRoot.querySelector('[role="alert"]'));
    const none = await show(desk());
    await open(none, 'history');
    expect(shown(none)).to.contain('The surrounding application offers no history');
  });

  it('has the host show a record, the contact’s and one of the history, unless the page does', async () => {
    const opened: HostRecord[] = [];
    const heard: unknown[] = [];
    const element = await show(desk(WITH_CONTACT, createStaticAdapter({ ...CRM, openRecord: (record) => opened.push(record) })));
    let taken = false;
    element.addEventListener('recordopen', (event) => {
      heard.push(event.detail);
      if (taken) event.preventDefault();
    });
    await open(element, 'contact');
    await waitUntil(() => shown(element).includes('From your own application'));
    inside(element, '.open').click();
    await open(element, 'history');
    await waitUntil(() => entries(element).length > 0);
    const [first] = element.renderRoot.querySelectorAll('details');
    first?.querySelector('summary')?.click();
    first?.querySelector<HTMLElement>('.open')?.click();
    const records: HostRecord[] = [
      { kind: 'contact', id: 'c1' },
      { kind: 'history', id: 'h0' },
    ];
    await waitUntil(() => opened.length === 2);
    expect(opened).to.deep.equal(records);
    expect(heard).to.deep.equal(records.map((record) => ({ ...record, interactionId: CASE.interaction.id })));
    taken = true;
    first?.querySelector<HTMLElement>('.open')?.click();
    await element.updateComplete;
    expect([heard.length, opened.length]).to.deep.equal([3, 2]);
  });

  it('offers no record where the host shows none, and says where it failed to', async () => {
    const without = await show(desk(WITH_CONTACT, createStaticAdapter(CRM)));
    await open(without, 'history');
    await waitUntil(() => entries(without).length > 0);
    expect(without.renderRoot.querySelector('.open')).to.equal(null);
    const openRecord = (): never => {
      throw new Error('secret of the host');
    };
    const broken = await show(desk(WITH_CONTACT, createStaticAdapter({ ...CRM, openRecord })));
    await open(broken, 'contact');
    await waitUntil(() => shown(broken).includes('From your own application'));
    inside(broken, '.open').click();
    await waitUntil(() => broken.renderRoot.querySelector('[role="alert"]'));
    expect(shown(broken)).to.contain('The surrounding application did not do this.').and.not.to.contain('secret');
    await open(broken, 'history');
    expect(broken.renderRoot.querySelector('[role="alert"]')).to.equal(null);
  });

  it('marks values that were masked before they left', async () => {
    const element = await show(desk({ ...CASE, data: [{ key: 'card', label: 'Card', value: '••••••' }] }));
    expect(shown(element)).to.contain('•••••• masked');
  });

  const circle: Record<string, unknown> = { id: 'c1', Name: '<img src=x onerror="globalThis.harmed=1">' };
  circle['loop'] = circle;
  for (const [what, contact, expected] of [
    ['a number', 42, 'The contact cannot be loaded.'],
    ['a list', [], 'The contact cannot be loaded.'],
    ['no id', { Name: 'Avril' }, 'The contact cannot be loaded.'],
    ['a circle with markup', circle, '<img src=x onerror='],
    ['prototype keys', JSON.parse('{"id":"c1","__proto__":{"polluted":1},"constructor":"fine"}'), 'constructor fine'],
    ['10,000 fields', { id: 'c1', ...Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, 'v'])) }, 'f998 v'],
    ['a megabyte', { id: 'c1', note: 'x'.repeat(1_000_000) }, 'note xxx'],
  ] as const) {
    it(`survives ${what} as the contact of any host, as text`, async () => {
      const element = await show(
        desk(WITH_CONTACT, { name: 'bad', capabilities: { contact: true }, contact: () => Promise.resolve(contact as never) }),
      );
      await open(element, 'contact');
      await waitUntil(() => shown(element).includes(expected));
      expect(element.renderRoot.querySelector('img')).to.equal(null);
      expect(element.renderRoot.querySelectorAll('dt').length).to.be.at.most(1000);
      expect(shown(element).length).to.be.below(40_000);
      expect({}).not.to.have.property('polluted');
      inside(element, '#tab-information').click();
      await element.updateComplete;
      expect(shown(element)).to.contain(CASE.interaction.label);
    });
  }

  for (const [what, page] of [
    ['nothing', undefined],
    ['a text', '<b>x</b>'],
    ['items that are none', { items: 'x' }],
    ['an entry that is none', { items: [7] }],
    ['an entry without id', { items: [{ subject: 'x' }] }],
  ] as const) {
    it(`says that the history failed where a host answers with ${what}`, async () => {
      const element = await show(
        desk(WITH_CONTACT, { name: 'bad', capabilities: { history: true }, searchHistory: () => Promise.resolve(page as never) }),
      );
      await open(element, 'history');
      await waitUntil(() => shown(element).includes('The history cannot be loaded.'));
      expect(element.renderRoot.querySelector('b')).to.equal(null);
    });
  }

  it('shows of the page’s own interaction what can be used, and warns of the rest', async () => {
    const cycle: Record<string, unknown> = { key: 'turning' };
    cycle['value'] = cycle;
    const about = { id: 'i1', media: 'voice', label: 'Own call', party: '' };
    const many = Array.from({ length: 10_000 }, (_, at) => ({ key: `k${at}`, value: 'v' }));
    const given: [unknown, string][] = [
      [{ ...about, caseData: [{ key: 'type', label: 'Type', value: 'Refund' }, cycle] }, 'Refund'],
      [{ ...about, caseData: { type: 'Refund' }, contact: 'Avril' }, 'Own call'],
      [about, 'Own call'],
      [{ ...about, label: 'Many', caseData: many }, 'k999'],
      ['nonsense', 'No case information'],
    ];
    const element = await mount<CasePanel>(html`<case-panel></case-panel>`, desk());
    const heard = await warnings(async () => {
      for (const [interaction, expected] of given) {
        element.interaction = interaction as never;
        await element.updateComplete;
        expect(shown(element)).to.contain(expected);
        expect(element.renderRoot.querySelectorAll('dt').length).to.be.at.most(1000);
      }
    });
    expect(heard).to.have.length(4);
  });

  it('shows neither contact nor history without the right', async () => {
    const fake = desk(WITH_CONTACT, createStaticAdapter(CRM));
    fake.store.set('account', { ...KATE, rights: ['im-use'] });
    const element = await show(fake);
    for (const tab of ['contact', 'history'] as const) {
      await open(element, tab);
      expect(shown(element)).to.contain('Your role does not allow you to see contact information').and.not.to.contain('Avril');
    }
  });

  it('hears when the host tells later what it can do', async () => {
    let heard = (): void => undefined;
    const host = {
      name: 'late',
      capabilities: {} as HostAdapter['capabilities'],
      subscribe: (listener: () => void) => (heard = listener),
      contact: () => Promise.resolve({ id: 'c1', Name: 'Avril of the CRM' }),
    };
    const element = await show(desk(WITH_CONTACT, host));
    await open(element, 'contact');
    expect(shown(element)).to.contain('As sent by');
    host.capabilities = { contact: true };
    heard();
    await waitUntil(() => shown(element).includes('From your own application'));
  });

  it('goes through its tabs by arrow keys', async () => {
    const element = await show(desk());
    const press = async (key: string): Promise<string | null> => {
      const tab = inside(element, '[aria-selected="true"]');
      tab.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await element.updateComplete;
      return inside(element, '[aria-selected="true"]').textContent.trim();
    };
    expect(await press('ArrowRight')).to.equal('Contact Information');
    expect(await press('End')).to.equal('Contact History');
    expect(await press('Home')).to.equal('Case Information');
    expect(await press('ArrowLeft'), 'from the first on to the last').to.equal('Contact History');
    expect(await press('ArrowLeft')).to.equal('Contact Information');
    expect([...element.renderRoot.querySelectorAll<HTMLElement>('.tab')].map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, 0, -1]);
  });

  it('leaves nothing behind', async () => {
    const make = (): CasePanel => Object.assign(document.createElement('case-panel'), { sessionId: 's1' });
    expect(await leaks(make, desk())).to.deep.equal([]);
  });
});
