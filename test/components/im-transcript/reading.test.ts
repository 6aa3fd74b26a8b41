/** Reading: sticking to the newest line, what is unread, what is said aloud. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../../src/components/im-transcript/im-transcript.define.js';
import { inside, shown } from '../../support/elements.js';
import { JOHN, line, session, systemLine, transcript } from '../../support/people.js';
import { desk, given, HELLO, many, show } from './support.js';

describe('<im-transcript> reading', () => {
  it('stays at the newest line only while it is there, counts what came, and jumps', async () => {
    const fake = desk(many(80));
    const element = await show(fake);
    const lines = inside(element, '.lines');
    await waitUntil(() => lines.scrollTop > 0 && lines.scrollHeight - lines.scrollTop - lines.clientHeight < 2);
    lines.scrollTop = 0;
    await waitUntil(() => element.renderRoot.querySelector('.jump'));
    const at = lines.scrollTop;
    fake.store.set('transcript:s1', transcript(...many(80), line('n1', 'news')));
    fake.store.set('session:s1', session({ unread: 1 }));
    await waitUntil(() => inside(element, '.jump').textContent.includes('(1)'));
    expect(lines.scrollTop).to.equal(at);
    expect(given(fake, 'im.read')).to.deep.equal([]);
    expect(inside(element, '.unread').textContent).to.equal('1 new');
    inside(element, '.jump').click();
    await waitUntil(() => !element.renderRoot.querySelector('.jump'));
    expect(lines.scrollHeight - lines.scrollTop - lines.clientHeight).to.be.lessThan(25);
  });

  it('counts only what nobody has looked at: after a look the mark stays, and the next mark begins anew', async () => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
    try {
      const fake = desk(many(80));
      const element = await show(fake);
      const lines = inside(element, '.lines');
      await waitUntil(() => lines.scrollTop > 0);
      const jump = (): string => element.renderRoot.querySelector('.jump')?.textContent.trim() ?? '';
      const away = async (): Promise<void> => {
        lines.scrollTop = 0;
        await waitUntil(() => jump() !== '');
      };
      await away();
      fake.store.set('transcript:s1', transcript(...many(80), line('n1', 'news')));
      await waitUntil(() => jump() === 'Jump to newest (1)');
      inside(element, '.jump').click();
      await waitUntil(() => jump() === '');
      expect(inside(element, '.unread').textContent).to.equal('1 new');
      await away();
      expect(jump()).to.equal('Jump to newest');
      fake.store.set('transcript:s1', transcript(...many(80), line('n1', 'news'), line('n2', 'more'), line('n3', 'and more')));
      await waitUntil(() => jump() === 'Jump to newest (2)');
      expect(inside(element, '.unread').nextElementSibling?.getAttribute('data-id')).to.equal('n2');
    } finally {
      Reflect.deleteProperty(document, 'hasFocus');
    }
  });

  it('stays at the end when the lines above turn out to be higher', async () => {
    const element = await show(desk(many(80)));
    const lines = inside(element, '.lines');
    await waitUntil(() => lines.scrollTop > 0 && lines.scrollHeight - lines.scrollTop - lines.clientHeight < 2);
    inside(element, '.line').style.setProperty('padding-block-end', '400px');
    lines.dispatchEvent(new Event('scroll'));
    await waitUntil(() => lines.scrollHeight - lines.scrollTop - lines.clientHeight < 2);
    expect(element.renderRoot.querySelector('.jump')).to.equal(null);
  });

  it('counts as seen only while it can be seen', async () => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
    try {
      const fake = desk([line('a', 'one')]);
      const element = await show(fake);
      element.hidden = true;
      fake.store.set('transcript:s1', transcript(line('a', 'one'), line('b', 'two')));
      fake.store.set('session:s1', session({ unread: 1 }));
      await waitUntil(() => element.renderRoot.textContent.includes('two'));
      expect(given(fake, 'im.read')).to.deep.equal([]);
      element.hidden = false;
      await waitUntil(() => given(fake, 'im.read').length > 0);
    } finally {
      Reflect.deleteProperty(document, 'hasFocus');
    }
  });

  it('marks the first unread line when it opens', async () => {
    const element = await show(desk([line('a', 'one'), line('b', 'two'), line('c', 'three')], { unread: 2 }));
    const marker = inside(element, '.unread');
    expect(marker.textContent).to.equal('2 new');
    expect(marker.nextElementSibling?.getAttribute('data-id')).to.equal('b');
  });

  it('announces lines of the peer and outcomes, not own ones, and is no live region', async () => {
    const fake = desk();
    const element = await show(fake);
    expect(element.renderRoot.querySelector('[aria-live]')).to.equal(null);
    fake.store.set(
      'transcript:s1',
      transcript(...HELLO, line('m3', 'own words', { own: true }), line('m4', 'peer words'), systemLine('system-6', 'ended.ended')),
    );
    const region = document.querySelector('[data-deskside-announcer="polite"]');
    await waitUntil(() => region?.textContent.includes('John Davis: peer words'));
    expect(region?.textContent).to.contain('John Davis ended the session').and.not.to.contain('own words');
  });

  it('shows who is typing', async () => {
    const fake = desk();
    fake.store.set('typing:s1', [JOHN]);
    const element = await show(fake);
    expect(inside(element, '.typing').textContent).to.equal('John Davis is typing…');
  });

  it('tells the callee that they did not answer, and the caller that the callee did not', async () => {
    const lines = [{ ...systemLine('x', 'ended.no-answer'), by: JOHN }];
    expect(shown(await show(desk(lines, { status: 'ended' })))).to.contain('The invitation timed out: John Davis did not answer');
    expect(shown(await show(desk(lines, { status: 'ended', direction: 'incoming' })))).to.contain('timed out before it was answered');
  });
});
