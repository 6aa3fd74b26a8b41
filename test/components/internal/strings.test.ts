import { expect } from '@open-wc/testing';
import { en } from '../../../src/components/internal/strings/en.js';
import { fillText, oneLine } from '../../../src/components/internal/strings/text.js';
import { commonWords } from '../../../src/components/internal/strings/en/common.js';
import { lookUp, onLanguages, registerLanguage, stringsProblem } from '../../../src/components/internal/strings.js';

describe('strings', () => {
  it('keep the visible names that are fixed', () => {
    const values = Object.values(en) as unknown[];
    for (const name of [
      'Send Instant Message',
      'Call',
      'Add to Favorites',
      'Start Consultation',
      'Start Instant Message Consultation',
      'Start Voice Consultation',
      'Accept',
      'Reject',
      'Send',
      'End IM',
      'Done',
      'Case Information',
      'Contact Information',
      'Contact History',
      'Active Consultations',
      'Not Connected',
      'Establishing',
      'Connected',
      'Ended',
      'Welcome to Instant Messaging. Send a message to start the session',
    ]) {
      expect(values).to.include(name);
    }
  });

  it('fill placeholders, and leave one without a value to be noticed', () => {
    expect(fillText('{a} and {b}', { a: 'one' }, 'en')).to.equal('one and {b}');
    expect(fillText('{constructor}', {}, 'en')).to.equal('{constructor}');
    expect(fillText('{a}', { a: '{b}', b: 'no' }, 'en')).to.equal('{b}');
  });

  it('choose plural forms and write numbers by language', () => {
    const text = { zero: 'none', one: 'one', two: 'two', few: '{count} few', many: '{count} many', other: '{count} other' };
    expect(fillText(text, { count: 1 }, 'en')).to.equal('one');
    expect(fillText(text, { count: 1234 }, 'en')).to.equal('1,234 other');
    expect(fillText(text, { count: 1234 }, 'de')).to.equal('1.234 other');
    expect(fillText(text, { count: 0 }, 'ar')).to.equal('none');
    expect(fillText(text, { count: 2 }, 'ar')).to.equal('two');
    expect(fillText({ other: 'always' }, {}, 'en')).to.equal('always');
  });

  it('keep a name of the other direction from turning the sentence around', () => {
    expect(fillText('{name} left', { name: 'محمد' }, 'en')).to.equal('\u2068محمد\u2069 left');
    expect(fillText('غادر {name}', { name: 'John' }, 'ar')).to.equal('غادر \u2068John\u2069');
    expect(fillText('{name} left', { name: 'John' }, 'en')).to.equal('John left');
    expect(fillText('{name} left', { name: 'evil\u202etxt' }, 'en')).to.equal('evil txt left');
  });

  it('make one well-formed line of anything', () => {
    expect(oneLine('a\nb\u0000c\ud800d\u2066e')).to.equal('a b c\ufffdd e');
  });

  it('are looked up in the override, the provider’s, the language, then English', () => {
    registerLanguage({ lang: 'xx', strings: { 'im.accept': 'Xaccept', 'im.reject': 'Xreject' } });
    const sources = [{ 'im.accept': 'Mine' }, { 'im.accept': 'Provider', 'im.reject': 'Provider no' }];
    expect(lookUp('im.accept', {}, 'xx', sources, [en])).to.equal('Mine');
    expect(lookUp('im.reject', {}, 'xx', sources, [en])).to.equal('Provider no');
    expect(lookUp('im.reject', {}, 'xx-YY', [], [en])).to.equal('Xreject');
    expect(lookUp('im.end', {}, 'xx', [undefined], [en])).to.equal('End IM');
  });

  it('pass over an override that is no string', () => {
    expect(lookUp('im.end', {}, 'en', [{ 'im.end': 42 } as never], [en])).to.equal('End IM');
  });

  it('come from the tables that an element brings, and from no others', () => {
    expect(lookUp('action.close', {}, 'en', [], [commonWords])).to.equal('Close');
    expect(lookUp('im.end', {}, 'en', [], [commonWords])).to.equal(undefined);
  });

  it('tell listeners of a new language until they leave', () => {
    let heard = 0;
    const leave = onLanguages(() => (heard += 1));
    registerLanguage({ lang: 'yy', strings: {} });
    leave();
    registerLanguage({ lang: 'yy', strings: {} });
    expect(heard).to.equal(1);
  });

  it('say what is wrong with an override', () => {
    expect(stringsProblem(undefined)).to.equal(undefined);
    expect(stringsProblem({ 'im.end': 'Stop' })).to.equal(undefined);
    expect(stringsProblem({ 'im.end': 3 })).to.include('im.end');
    expect(stringsProblem({ 'im.end': { one: 'no other' } })).to.include('im.end');
    expect(stringsProblem('x')).to.include('object');
  });
});
