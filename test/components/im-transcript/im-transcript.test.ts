import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/components/im-transcript/im-transcript.define.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { fakeService, inside, KATE, shown } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { line, session, systemLine } from '../../support/people.js';
import { box, desk, given, HELLO, many, press, show, type } from './support.js';

describe('<im-transcript> lines', () => {
  it('is accessible', async () => {
    await expect(await show(desk())).to.be.accessible();
  });

  it('shows system lines, names, texts and a time each, in order', async () => {
    const element = await show(desk());
    expect(shown(element)).to.match(
      /John Davis sent an instant messaging invitation.*John Davis.*Hello Kate.*accepted.*Kate Lewis.*Hello John/,
    );
    expect(element.renderRoot.querySelectorAll('time')).to.have.length(4);
    const [peer, own] = ['.peer .who', '.own .who'].map((at) => getComputedStyle(inside(element, at)).color);
    expect(peer).not.to.equal(own);
  });

  it('reads a system line in the direction of the page, whatever the direction of the name in it', async () => {
    const layla = { address: 'sip:layla@deskside.test', name: 'ليلى حداد', user: 'layla' };
    const element = await show(desk([systemLine('system-0', 'accepted', { by: layla })]));
    const words = inside(element, '.system > span');
    expect(getComputedStyle(words).direction).to.equal('ltr');
    expect(words.textContent).to.equal('\u2068ليلى حداد\u2069 accepted the invitation');
  });

  it('shares one name among lines within a minute, and keeps every time', async () => {
    const now = Date.now();
    const element = await show(
      desk([line('a', 'one', { at: now - 100_000 }), line('b', 'two', { at: now - 60_000 }), line('c', 'three', { at: now + 10_000 })]),
    );
    expect(element.renderRoot.querySelectorAll('.who')).to.have.length(2);
    expect(element.renderRoot.querySelectorAll('time')).to.have.length(3);
  });

  it('separates days', async () => {
    const element = await show(desk([line('a', 'old', { at: Date.now() - 86_400_000 }), line('b', 'new')]));
    expect([...element.renderRoot.querySelectorAll('.day')].map((day) => day.textContent)).to.deep.equal(['Yesterday', 'Today']);
  });

  for (const [state, words] of [
    ['queued', 'Waiting to be sent'],
    ['sending', 'Sending…'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ] as const) {
    it(`says that a message is ${state}`, async () => {
      const element = await show(desk([line('m', 'hi', { own: true, state })]));
      expect(inside(element, '.state').textContent.trim()).to.equal(words);
    });
  }

  it('breaks no word for the sake of its state in a narrow place', async () => {
    const own = { own: true, state: 'queued' } as const;
    const element = await show(desk([line('m', 'First', own), line('n', 'Written while establishing', own)]));
    element.style.setProperty('inline-size', '262px');
    const nodes = [...(element.renderRoot.querySelectorAll('.words')[1]?.childNodes ?? [])];
    const text = nodes.find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.includes('establishing'));
    const range = document.createRange();
    const at = text?.textContent?.indexOf('establishing') ?? -1;
    if (!text || at < 0) throw new Error('The text is gone.');
    range.setStart(text, at);
    range.setEnd(text, at + 'establishing'.length);
    expect(range.getClientRects()).to.have.length(1);
    expect(inside(element, '.words').getBoundingClientRect().right).to.be.below(element.getBoundingClientRect().right);
  });

  it('says why a message failed, and retries it under its own id', async () => {
    const fake = desk([line('m', 'hi', { own: true, state: 'failed', failure: 'connection-lost' })]);
    const element = await show(fake);
    expect(shown(element)).to.contain('Not delivered: connection lost');
    inside(element, '.failed button').click();
    expect(given(fake, 'im.retry')).to.deep.equal([['s1', 'm']]);
  });

  it('offers no second try of what is too long', async () => {
    const element = await show(desk([line('m', 'hi', { own: true, state: 'failed', failure: 'too-long' })]));
    expect(shown(element)).to.contain('Not delivered: too long; send it in parts').and.not.to.contain('Retry');
  });

  it('draws a chunk again only when it changed', async () => {
    const fake = desk(many(130));
    const element = await show(fake);
    const first = inside(element, '[data-id="m0"]');
    const words = inside(element, '[data-id="m0"] .words').firstChild;
    const all = fake.store.get('transcript:s1');
    if (!all) throw new Error('no transcript');
    fake.store.set('transcript:s1', {
      count: 131,
      chunks: [...all.chunks.slice(0, -1), [...(all.chunks.at(-1) ?? []), line('last', 'the last')]],
    });
    await waitUntil(() => shown(element).includes('the last'));
    expect(inside(element, '[data-id="m0"]')).to.equal(first);
    expect(inside(element, '[data-id="m0"] .words').firstChild).to.equal(words);
  });

  it('draws every line once and in order across sections, an old one again when its state changes', async () => {
    const fake = desk(Array.from({ length: 1100 }, (_, at) => line(`m${at}`, `line ${at}`, { own: true, state: 'sent' })));
    const element = await show(fake);
    const order = [...element.renderRoot.querySelectorAll<HTMLElement>('[data-id]')].map((one) => one.dataset['id']);
    expect(order).to.deep.equal(Array.from({ length: 1100 }, (_, at) => `m${at}`));
    expect(element.renderRoot.querySelectorAll('.who'), 'one breath, one name, also where a section begins').to.have.length(1);
    const untouched = inside(element, '[data-id="m999"]');
    const all = fake.store.get('transcript:s1');
    const old = all?.chunks[0] ?? [];
    fake.store.set('transcript:s1', {
      count: 1100,
      chunks: (all?.chunks ?? []).with(0, old.with(3, line('m3', 'line 3', { own: true, state: 'failed', failure: 'failed' }))),
    });
    await waitUntil(() => inside(element, '[data-id="m3"]').textContent.includes('Not delivered'));
    expect(inside(element, '[data-id="m999"]')).to.equal(untouched);
  });

  it('makes links of addresses only, and opens them apart', async () => {
    const element = await show(desk([line('m', 'see https://deskside.test/a and javascript:alert(1)')]));
    const links = [...element.renderRoot.querySelectorAll('a')];
    expect(links.map((link) => [link.href, link.rel, link.target])).to.deep.equal([
      ['https://deskside.test/a', 'noopener noreferrer', '_blank'],
    ]);
  });

  it('is moved through with the arrow keys, Home and End', async () => {
    const element = await show(desk());
    const list = inside(element, '.lines');
    const go = (key: string): string | undefined => {
      (element.renderRoot as ShadowRoot).activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return ((element.renderRoot as ShadowRoot).activeElement as HTMLElement | null)?.dataset['id'];
    };
    list.focus();
    expect([go('ArrowUp'), go('ArrowUp'), go('Home'), go('ArrowDown'), go('End')]).to.deep.equal([
      'm2',
      'system-2',
      'system-0',
      'm1',
      'm2',
    ]);
  });
});

describe('<im-transcript> message box', () => {
  it('welcomes before the first message', async () => {
    const element = await show(desk([], { status: 'not-connected' }));
    expect(shown(element)).to.contain('Welcome to Instant Messaging. Send a message to start the session');
  });

  it('sends with Enter and with Send, and empties the box', async () => {
    const fake = desk();
    const element = await show(fake);
    type(element, 'one');
    press(element, 'Enter');
    type(element, 'two');
    inside(element, '.composer .primary').click();
    expect(given(fake, 'im.send')).to.deep.equal([
      ['s1', 'one'],
      ['s1', 'two'],
    ]);
    expect(box(element).value).to.equal('');
  });

  it('breaks the line with Shift+Enter, and never sends half a word of an input method, nor nothing', async () => {
    const fake = desk();
    const element = await show(fake);
    type(element, '  \n ');
    press(element, 'Enter');
    type(element, 'にほ');
    expect(press(element, 'Enter', { shiftKey: true }).defaultPrevented).to.be.false;
    press(element, 'Enter', { isComposing: true });
    const old = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    Object.defineProperty(old, 'keyCode', { value: 229 });
    box(element).dispatchEvent(old);
    expect(given(fake, 'im.send')).to.deep.equal([]);
  });

  it('lets the host take a text over', async () => {
    const fake = desk();
    const element = await show(fake);
    type(element, 'mine');
    const event = oneEvent(element, 'imsend');
    element.addEventListener('imsend', (sent) => sent.preventDefault(), { once: true });
    press(element, 'Enter');
    expect((await event).detail).to.deep.equal({ sessionId: 's1', text: 'mine' });
    expect(given(fake, 'im.send')).to.deep.equal([]);
  });

  it('keeps the text and says why it was not sent', async () => {
    const fake = desk(
      HELLO,
      {},
      {
        'im.send': () => {
          throw new ServiceError('not-allowed', 'No.');
        },
      },
    );
    const element = await show(fake);
    type(element, 'keep me');
    press(element, 'Enter');
    await element.updateComplete;
    expect(box(element).value).to.equal('keep me');
    expect(inside(element, '#note').textContent).to.equal('Your role does not allow this.');
  });

  it('counts near the limit, and says by how much it is over', async () => {
    const element = await show(desk());
    type(element, 'ä'.repeat(16_000));
    await element.updateComplete;
    expect(inside(element, '#note').textContent).to.equal('768 bytes left');
    type(element, 'ä'.repeat(16_385));
    await element.updateComplete;
    expect(inside(element, '#note').textContent).to.equal('Too long by 2 bytes. Please shorten the message.');
    await expect(element).to.be.accessible();
  });

  it('keeps the draft of each session, also over a move in the document', async () => {
    const fake = desk();
    fake.store.set('session:s2', session({ id: 's2' }));
    const element = await show(fake);
    type(element, 'half a');
    document.body.append(element);
    await element.updateComplete;
    expect(box(element).value).to.equal('half a');
    element.sessionId = 's2';
    await element.updateComplete;
    expect(box(element).value).to.equal('');
    element.sessionId = 's1';
    await element.updateComplete;
    expect(box(element).value).to.equal('half a');
    element.remove();
  });

  it('says that a message waits for acceptance while establishing', async () => {
    const element = await show(desk([], { status: 'establishing' }));
    expect(inside(element, '#note').textContent).to.equal('Sent as soon as John Davis accepts');
  });

  it('is closed with the reason after the end; the unsent text stays and can be selected', async () => {
    const fake = desk();
    const element = await show(fake);
    type(element, 'unsent');
    fake.store.set('session:s1', session({ status: 'ended' }));
    await waitUntil(() => box(element).readOnly);
    expect(box(element).value).to.equal('unsent');
    expect(inside(element, '#note').textContent).to.equal('The session has ended');
    press(element, 'Enter');
    expect(given(fake, 'im.send').length).to.equal(0);
  });

  it('forbids a first message without the right', async () => {
    const fake = desk([], { status: 'not-connected' });
    fake.store.set('account', { ...KATE, rights: ['im-use'] });
    const element = await show(fake);
    expect(inside(element, '#note').textContent).to.equal('Your role does not allow you to start a session');
  });

  it('offers quick replies, and finds them as one types after "/"', async () => {
    const fake = desk();
    const element = await show(fake);
    element.quickReplies = ['One moment please', 'I will call back'];
    await element.updateComplete;
    inside(element, '.chip').click();
    expect(box(element).value).to.equal('One moment please');
    type(element, '/call');
    await element.updateComplete;
    expect(element.renderRoot.querySelectorAll('.chip')).to.have.length(1);
    press(element, 'Enter');
    expect(box(element).value).to.equal('I will call back');
    expect(given(fake, 'im.send')).to.deep.equal([]);
  });

  it('tells that one types, and that one stopped', async () => {
    const fake = desk();
    const element = await show(fake);
    type(element, 'a');
    type(element, '');
    expect(given(fake, 'im.typing')).to.deep.equal([
      ['s1', true],
      ['s1', false],
    ]);
  });
});

describe('<im-transcript> zoom and taking out', () => {
  it('zooms by button and by key', async () => {
    const fake = desk();
    const element = await show(fake);
    inside(element, '[aria-label="Larger text"]').click();
    expect(fake.service.preferences.zoom()).to.equal(110);
    press(element, '0', { ctrlKey: true });
    expect(fake.service.preferences.zoom()).to.equal(100);
  });

  it('keeps the box as wide as the place where that is narrow for the size of the text', async () => {
    const element = await show(desk());
    element.style.setProperty('inline-size', '264px');
    const beside = (): boolean =>
      inside(element, 'textarea').getBoundingClientRect().bottom > inside(element, '.composer > .button').getBoundingClientRect().top;
    expect(beside()).to.be.true;
    for (let step = 0; step < 5; step += 1) inside(element, '[aria-label="Larger text"]').click();
    await waitUntil(() => !beside());
    expect(inside(element, 'textarea').offsetWidth).to.be.greaterThan(200);
    expect(element.scrollWidth).to.be.at.most(264);
  });

  it('puts the time below the words of a system line, and below a name, where that is narrow for the size of the text', async () => {
    const element = await show(desk([systemLine('system-0', 'invited'), line('m', 'hi')]));
    element.style.setProperty('inline-size', '264px');
    const words = inside(element, '.system > span');
    const below = (): boolean => inside(element, '.system > time').getBoundingClientRect().top >= words.getBoundingClientRect().bottom - 1;
    expect(below()).to.be.false;
    for (let step = 0; step < 5; step += 1) inside(element, '[aria-label="Larger text"]').click();
    await waitUntil(below);
    expect(words.scrollWidth).to.be.at.most(words.offsetWidth);
    expect(words.offsetWidth, 'room for its longest word').to.be.greaterThan(150);
    const who = inside(element, '.who');
    expect(who.scrollWidth, 'a whole name').to.be.at.most(who.offsetWidth);
  });

  it('offers copy and download only where right and host both allow it', async () => {
    const fake = desk();
    const element = await show(fake);
    const offered = (): boolean => element.renderRoot.querySelector('[aria-label="Copy the transcript"]') !== null;
    element.export = 'copy download';
    await element.updateComplete;
    expect(offered()).to.be.false;
    fake.store.set('account', { ...KATE, rights: [...KATE.rights, 'transcript-export'] });
    await waitUntil(offered);
    inside(element, '#download').click();
    await element.updateComplete;
    expect([...element.renderRoot.querySelectorAll('#formats button')].map((one) => one.textContent)).to.deep.equal([
      'Text',
      'Web page (HTML)',
      'Data (JSON)',
    ]);
    element.export = undefined;
    await element.updateComplete;
    expect(offered()).to.be.false;
  });

  it('is inert without a session, and leaves nothing behind', async () => {
    const fake = fakeService();
    const element = await show(fake);
    expect(shown(element)).to.equal('Nothing here yet');
    expect(await leaks(() => Object.assign(document.createElement('im-transcript'), { sessionId: 's1' }), desk())).to.deep.equal([]);
  });
});
