import { expect, waitUntil } from '@open-wc/testing';
import { inside, shown } from '../../support/elements.js';
import { communicator, given, JOHN, type Communicator } from './support.js';

const menu = ({ element }: Communicator): Element | null => element.renderRoot.querySelector('.float.open [role=menu]');
const chosen = ({ element }: Communicator): string | null => inside(element, 'input[role=combobox]').getAttribute('aria-activedescendant');
const focused = ({ element }: Communicator): string => element.renderRoot.querySelector(':focus')?.textContent.trim() ?? '';
const popup = ({ element }: Communicator): boolean => inside(element, '.panel').classList.contains('open');

describe('<team-communicator> by keyboard', () => {
  it('chooses with the arrow keys, round the ends', async () => {
    const one = await communicator();
    await one.type('joh');
    for (const [key, row] of [
      ['ArrowDown', 'row-1'],
      ['ArrowDown', 'row-0'],
      ['ArrowUp', 'row-1'],
    ] as const) {
      await one.press(key);
      expect(chosen(one)).to.equal(row);
    }
  });

  for (const [key, more] of [
    ['ArrowDown', { altKey: true }],
    ['F10', { shiftKey: true }],
    ['ContextMenu', {}],
  ] as const) {
    it(`opens the actions of the chosen row with ${Object.keys(more).join('')} ${key}, moves in them, and closes them with Escape`, async () => {
      const one = await communicator();
      await one.type('john davis');
      await one.press(key, more);
      await waitUntil(() => menu(one) !== null);
      expect(focused(one)).to.contain('Send Instant Message');
      await one.press('ArrowDown');
      expect(focused(one)).to.equal('Call');
      await one.press('End');
      expect(focused(one)).to.equal('Add to Favorites');
      await one.press('ArrowDown');
      expect(focused(one)).to.contain('Send Instant Message');
      await one.press('ArrowUp');
      expect(focused(one)).to.equal('Add to Favorites');
      await one.press('Home');
      await expect(one.element).to.be.accessible();
      await one.press('Escape');
      expect(menu(one)).to.equal(null);
    });
  }

  it('calls one of several numbers from the menu', async () => {
    const one = await communicator();
    await one.type('john davis');
    await one.press('ArrowDown', { altKey: true });
    await waitUntil(() => menu(one) !== null);
    expect(menu(one)?.textContent).to.contain('Call 47-11 (Extension)').and.to.contain('Call +49 171 555 (Mobile)');
    await one.click('Call +49 171 555');
    await waitUntil(() => given(one.fake, 'calls.start').length === 1);
    expect(given(one.fake, 'calls.start')[0]?.[1]).to.deep.equal({ number: '+49 171 555' });
  });

  it('adds a favorite, gives it a category, and removes it', async () => {
    const one = await communicator();
    const { preferences } = one.fake.service;
    const open = async (): Promise<void> => {
      await one.press('ArrowDown', { altKey: true });
      await waitUntil(() => menu(one) !== null);
    };
    await one.type('john davis');
    await open();
    await one.click('Add to Favorites');
    await waitUntil(() => preferences.favorites().length === 1);
    await open();
    await one.click('Edit Favorite');
    await waitUntil(() => one.element.renderRoot.querySelector('.float.open form') !== null);
    const field = inside<HTMLInputElement>(one.element, 'input[name=category]');
    expect(one.element.renderRoot.querySelector(':focus')).to.equal(field);
    await expect(one.element).to.be.accessible();
    field.value = ' Night shift ';
    inside<HTMLFormElement>(one.element, 'form').requestSubmit();
    await one.element.updateComplete;
    expect(preferences.favorites()[0]?.category).to.equal('Night shift');
    expect(one.element.renderRoot.querySelector(':focus')?.getAttribute('role')).to.equal('combobox');
    await open();
    await one.click('Remove from Favorites');
    await waitUntil(() => preferences.favorites().length === 0);
  });

  it('goes one step back at each Escape, and leaves the last one to the page', async () => {
    const one = await communicator({ setUp: (element) => (element.inline = false) });
    const heard: boolean[] = [];
    one.element.addEventListener('keydown', (event) => void heard.push(event.defaultPrevented));
    await one.type('john');
    expect(popup(one)).to.equal(true);
    await one.press('ArrowDown', { altKey: true });
    await waitUntil(() => menu(one) !== null);
    heard.length = 0;
    await one.press('Escape');
    expect(menu(one)).to.equal(null);
    await one.press('Escape');
    expect(inside<HTMLInputElement>(one.element, 'input').value).to.equal('');
    expect(popup(one)).to.equal(true);
    await one.press('Escape');
    expect(popup(one)).to.equal(false);
    expect(heard).to.deep.equal([]);
    await one.press('Escape');
    expect(heard).to.deep.equal([false]);
  });
});

describe('<team-communicator> as a popup', () => {
  const closed = (): Promise<Communicator> => communicator({ setUp: (element) => (element.inline = false) });

  it('opens by typing, a click or Arrow Down, in the top layer, as wide as the box', async () => {
    const ways: readonly ((one: Communicator) => Promise<unknown>)[] = [
      (one: Communicator) => one.type('john'),
      (one: Communicator) => {
        inside(one.element, 'input').click();
        return one.element.updateComplete;
      },
      (one: Communicator) => one.press('ArrowDown'),
    ];
    for (const open of ways) {
      const one = await closed();
      expect(popup(one)).to.equal(false);
      await open(one);
      expect(popup(one)).to.equal(true);
      expect(inside(one.element, '.panel').matches(':popover-open')).to.equal(true);
      const [panel, box] = [inside(one.element, '.panel'), inside(one.element, '.search')].map(
        (part) => part.getBoundingClientRect().width,
      );
      expect(panel).to.be.closeTo(box ?? 0, 2);
    }
  });

  it('is accessible, closed and open', async () => {
    const one = await closed();
    await expect(one.element).to.be.accessible();
    await one.type('joh');
    expect(inside(one.element, 'input').getAttribute('aria-expanded')).to.equal('true');
    await expect(one.element).to.be.accessible();
  });

  it('does nothing on Enter while it is closed', async () => {
    const one = await closed();
    await one.type('john davis');
    await one.press('Escape');
    await one.press('Escape');
    await one.press('Enter');
    expect(given(one.fake, 'im.open')).to.deep.equal([]);
    expect(popup(one)).to.equal(true);
  });

  it('closes when the focus goes elsewhere or somebody presses outside, and after an action', async () => {
    const one = await closed();
    const away = document.createElement('button');
    one.element.after(away);
    one.element.focus();
    await one.type('john davis');
    away.focus();
    expect(popup(one)).to.equal(false);
    one.element.focus();
    await one.press('ArrowDown');
    document.dispatchEvent(new PointerEvent('pointerdown', { clientX: 1, clientY: window.innerHeight - 1 }));
    expect(popup(one)).to.equal(false);
    await one.press('ArrowDown');
    await one.press('Enter');
    await waitUntil(() => given(one.fake, 'im.open').length === 1);
    expect(given(one.fake, 'im.open')[0]?.[0]).to.include({ address: JOHN.address });
    expect(popup(one)).to.equal(false);
  });
});

describe('<team-communicator> in little room', () => {
  for (const direction of ['ltr', 'rtl']) {
    it(`fits into 280 px, ${direction}: nothing sticks out, names and presence are there`, async () => {
      const one = await communicator({
        setUp: (element) => {
          element.dir = direction;
          element.style.setProperty('inline-size', '280px');
        },
      });
      one.fake.store.set(`presence:${JOHN.address}`, { state: 'not-ready', reason: 'A very long reason for this', channels: {} });
      await one.type('joh');
      await waitUntil(() => shown(one.element).includes('A very long reason'));
      const host = one.element.getBoundingClientRect();
      for (const part of one.element.renderRoot.querySelectorAll('.row, .row button, .chip, select, .row-title, .presence-word')) {
        const box = part.getBoundingClientRect();
        if (!box.width) continue;
        expect(box.left, part.className).to.be.at.least(host.left - 0.5);
        expect(box.right, part.className).to.be.at.most(host.right + 0.5);
      }
      for (const title of one.element.renderRoot.querySelectorAll('.row-title')) {
        expect(title.getBoundingClientRect().width, title.textContent).to.be.above(50);
      }
    });
  }
});
