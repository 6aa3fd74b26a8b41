import { expect } from '@open-wc/testing';
import { Countdowns } from '../../../src/components/im-notification/countdown.js';
import { isShortcut, isWriting, parseShortcut } from '../../../src/components/im-notification/shortcut.js';

describe('The clock of a notification', () => {
  it('runs down, and stands still while it is held', () => {
    const clocks = new Countdowns();
    clocks.start('a', 20_000, 0);
    expect(clocks.left('a', 5000)).to.equal(15_000);
    clocks.pause('a', 5000);
    expect(clocks.left('a', 60_000)).to.equal(15_000);
    clocks.resume('a', 60_000);
    expect(clocks.left('a', 61_000)).to.equal(14_000);
    expect(clocks.left('a', 99_000)).to.equal(0);
    expect(clocks.whole('a')).to.equal(20_000);
  });

  it('is not begun anew, nor held or released twice', () => {
    const clocks = new Countdowns();
    clocks.start('a', 10_000, 0);
    clocks.start('a', 99_000, 1000);
    clocks.pause('a', 2000);
    clocks.pause('a', 4000);
    clocks.resume('a', 5000);
    clocks.resume('a', 6000);
    expect(clocks.left('a', 6000)).to.equal(7000);
  });

  it('is forgotten with its notification', () => {
    const clocks = new Countdowns();
    clocks.start('a', 10_000, 0);
    clocks.keep(['b']);
    expect(clocks.left('a', 0)).to.equal(0);
  });

  it('may have no end', () => {
    const clocks = new Countdowns();
    clocks.start('a', Infinity, 0);
    expect(clocks.left('a', 1e12)).to.equal(Infinity);
  });
});

describe('A shortcut', () => {
  const press = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);
  const matches = (text: string, init: KeyboardEventInit): boolean => {
    const shortcut = parseShortcut(text);
    return shortcut !== undefined && isShortcut(press(init), shortcut);
  };

  it('is modifiers and one key, in any case and order', () => {
    expect(matches('Alt+Shift+N', { key: 'N', code: 'KeyN', altKey: true, shiftKey: true })).to.equal(true);
    expect(matches('shift + alt + n', { key: 'N', code: 'KeyN', altKey: true, shiftKey: true })).to.equal(true);
    expect(matches('F9', { key: 'F9', code: 'F9' })).to.equal(true);
  });

  it('goes by the place of the key where Alt makes another character of it', () => {
    expect(matches('Alt+N', { key: '˜', code: 'KeyN', altKey: true })).to.equal(true);
  });

  it('is not pressed with more or fewer modifiers', () => {
    expect(matches('Alt+N', { key: 'n', code: 'KeyN' })).to.equal(false);
    expect(matches('Alt+N', { key: 'n', code: 'KeyN', altKey: true, ctrlKey: true })).to.equal(false);
  });

  for (const text of ['', 'Alt+', 'Alt', 'Alt+Shift', 'N+Alt', 'Hyper+N'])
    it(`"${text}" is none`, () => expect(parseShortcut(text)).to.equal(undefined));

  it('of a single key is a letter where somebody writes', () => {
    const field = document.createElement('input');
    document.body.append(field);
    let writing: boolean[] = [];
    field.addEventListener('keydown', (event) => (writing = [...writing, isWriting(event)]));
    field.dispatchEvent(press({ key: 'n' }));
    field.dispatchEvent(press({ key: 'n', altKey: true }));
    expect(writing).to.deep.equal([true, false]);
    field.remove();
  });
});
