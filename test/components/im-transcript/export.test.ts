/** Taking a transcript out: only by right and host option, and then whole, as text, HTML, JSON, or into the host's record. */
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-transcript/im-transcript.define.js';
import { exported, type ExportFormat } from '../../../src/components/im-transcript/export.js';
import type { ImTranscript } from '../../../src/components/im-transcript/im-transcript.js';
import { RIGHTS, type HostAdapter, type HostLogEntry, type Right } from '../../../src/services/index.js';
import { fakeService, inside, KATE, mount, type FakeService } from '../../support/elements.js';
import { CASE, line, session, systemLine, transcript } from '../../support/people.js';

const LINES = transcript(
  systemLine('system-0', 'invited'),
  line('m1', 'Is it <b>X-200</b>?\nYes & no', { at: Date.UTC(2026, 0, 2, 12, 30, 5) }),
  line('m2', 'It is', { own: true }),
);

function desk(rights: readonly Right[] = RIGHTS, host?: HostAdapter): FakeService {
  const about = session({
    origin: 'consultation',
    interaction: CASE.interaction,
    status: 'ended',
    endedAt: 2,
    connectedAt: 1,
    outcome: { code: 'ended' },
  });
  const slices = { sessions: ['s1'], account: { ...KATE, rights }, 'session:s1': about, 'transcript:s1': LINES } as const;
  return fakeService(slices, {}, host ? { host } : {});
}

const show = (fake: FakeService, ways: string): Promise<ImTranscript> =>
  mount<ImTranscript>(html`<im-transcript session-id="s1" export=${ways}></im-transcript>`, fake);

const offered = (element: ImTranscript): string[] =>
  [...element.renderRoot.querySelectorAll('.tools button')]
    .flatMap((one) => one.getAttribute('aria-label') ?? [])
    .filter((label) => /transcript/i.test(label));

describe('Taking a transcript out', () => {
  const withoutRight = RIGHTS.filter((right) => right !== 'transcript-export');
  const logging: HostAdapter = { name: 'test', capabilities: { log: true } };
  const cases: readonly (readonly [what: string, fake: () => FakeService, ways: string, offers: readonly string[]])[] = [
    ['nothing without the right', () => desk(withoutRight, logging), 'copy download log', []],
    ['nothing without the host’s option', () => desk(RIGHTS, logging), '', []],
    ['nothing by an unknown option', () => desk(RIGHTS, logging), 'all print', []],
    ['what the host allows', () => desk(RIGHTS, logging), 'copy', ['Copy the transcript']],
    ['no record where the host has none', () => desk(), 'log', []],
    [
      'everything where all agree',
      () => desk(RIGHTS, logging),
      'copy download log',
      ['Copy the transcript', 'Add the transcript to the record', 'Download the transcript'],
    ],
  ];
  for (const [what, fake, ways, offers] of cases) {
    it(`offers ${what}`, async () => {
      expect(offered(await show(fake(), ways))).to.deep.equal(offers);
    });
  }

  it('copies every line with its full time and name, and one line with Ctrl+C on it', async () => {
    const copied: string[] = [];
    const real = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => Promise.resolve(void copied.push(text));
    try {
      const element = await show(desk(), 'copy');
      inside(element, '[aria-label="Copy the transcript"]').click();
      expect(copied[0]?.split('\n')[0]).to.match(/^\[.+\] John Davis sent an instant messaging invitation$/);
      expect(copied[0]).to.match(/\[.*2026.*\] John Davis: Is it <b>X-200<\/b>\?\nYes & no\n\[.+\] Kate Lewis: It is$/);
      const one = inside(element, '[data-id="m2"]');
      one.focus();
      one.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
      expect(copied[1]).to.match(/^\[.+\] Kate Lewis: It is$/);
      element.export = undefined;
      await element.updateComplete;
      one.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
      expect(copied).to.have.length(2);
    } finally {
      navigator.clipboard.writeText = real;
    }
  });

  it('makes text, a web page and data of it', async () => {
    const element = await show(desk(), 'download');
    const as = (format: ExportFormat): string => exported(element, LINES, 'John Davis', format);
    expect(as('text').split('\n')).to.have.length(4);
    const page = new DOMParser().parseFromString(as('html'), 'text/html');
    expect(page.querySelectorAll('b')).to.have.length(0);
    expect([...page.querySelectorAll('p')].map((one) => one.textContent.replace(/^\[.*?\] /, ''))).to.deep.equal([
      'John Davis sent an instant messaging invitation',
      'John Davis: Is it <b>X-200</b>?\nYes & no',
      'Kate Lewis: It is',
    ]);
    expect(JSON.parse(as('json'))).to.deep.equal(LINES.chunks.flat());
  });

  it('downloads under the party’s name, and lets the address of the file go', async () => {
    const links: { name: string; href: string }[] = [];
    HTMLAnchorElement.prototype.click = function click(): void {
      links.push({ name: this.download, href: this.href });
    };
    try {
      const element = await show(desk(), 'download');
      inside(element, '#download').click();
      await element.updateComplete;
      for (const format of element.renderRoot.querySelectorAll<HTMLElement>('#formats button')) format.click();
      expect(links.map(({ name }) => name)).to.deep.equal(['John-Davis.txt', 'John-Davis.html', 'John-Davis.json']);
      expect(links.every(({ href }) => href.startsWith('blob:'))).to.equal(true);
    } finally {
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
    }
  });

  it('goes into the host’s record with what it was about, and says so', async () => {
    const entries: HostLogEntry[] = [];
    const host: HostAdapter = { ...logging, log: (entry) => Promise.resolve(void entries.push(entry)) };
    const element = await show(desk(RIGHTS, host), 'log');
    inside(element, '[aria-label="Add the transcript to the record"]').click();
    await waitUntil(() => document.querySelector('[data-deskside-announcer="polite"]')?.textContent.includes('Added to the record'));
    const [entry] = entries;
    expect(entry).to.deep.include({
      kind: 'im-consultation',
      interactionId: 'i1',
      startedAt: 1,
      endedAt: 2,
      peer: 'sip:john@deskside.test',
      outcome: 'ended',
    });
    expect(entry?.transcript).to.contain('Kate Lewis: It is');
  });
});
