import { expect } from '@open-wc/testing';
import * as format from '../../../src/components/internal/format.js';
import { initials } from '../../../src/components/internal/initials.js';

const at = (text: string): number => new Date(text).getTime();
const NOON = at('2025-11-21T12:00:00');

describe('times', () => {
  it('show the time of day with seconds, by language', () => {
    expect(format.formatTime(at('2025-11-21T19:26:45'), 'en-GB')).to.equal('19:26:45');
    expect(format.formatTime(at('2025-11-21T19:26:45'), 'en-US')).to.match(/^7:26:45\sPM$/);
    expect(format.formatFull(NOON, 'en-GB')).to.include('21 November 2025').and.include('12:00:00');
  });

  it('name today and yesterday by the calendar, not by hours', () => {
    expect(format.formatDaySeparator(at('2025-11-21T00:00:01'), 'en', NOON)).to.equal('Today');
    expect(format.formatDaySeparator(at('2025-11-20T23:59:59'), 'en', NOON)).to.equal('Yesterday');
    expect(format.formatDaySeparator(at('2025-11-20T23:59:59'), 'de', NOON)).to.equal('Gestern');
    expect(format.formatDaySeparator(at('2025-11-12T10:00:00'), 'en-GB', NOON)).to.match(/^Wednesday,? 12 November$/);
    expect(format.isOtherDay(at('2025-11-20T23:59:59'), at('2025-11-21T00:00:00'))).to.equal(true);
    expect(format.isOtherDay(at('2025-11-21T00:00:00'), NOON)).to.equal(false);
  });

  it('show a day, with the year where it is another', () => {
    expect(format.formatDay(at('2025-10-02T10:00:00'), 'en-GB', NOON)).to.equal('2 Oct');
    expect(format.formatDay(at('2024-10-02T10:00:00'), 'en-GB', NOON)).to.equal('2 Oct 2024');
  });

  it('say how long ago', () => {
    expect(format.formatRelative(NOON - 3 * 60_000, 'en', NOON)).to.equal('3 minutes ago');
    expect(format.formatRelative(NOON - 90 * 60_000, 'en', NOON)).to.equal('1 hour ago');
    expect(format.formatRelative(NOON, 'en', NOON)).to.equal('now');
    expect(format.formatRelative(NOON + 2 * 86_400_000, 'en', NOON)).to.equal('in 2 days');
  });

  it('run as hh:mm:ss', () => {
    for (const [ms, words] of [
      [51_000, '00:00:51'],
      [999, '00:00:00'],
      [3_725_000, '01:02:05'],
      [360_000_000, '100:00:00'],
      [-5, '00:00:00'],
      [NaN, '00:00:00'],
    ] as const) {
      expect(format.formatElapsed(ms)).to.equal(words);
    }
    expect(format.isoDuration(3_725_000)).to.equal('PT1H2M5S');
  });

  it('count down, a begun second as a whole one', () => {
    for (const [ms, words] of [
      [14_000, '0:14'],
      [13_001, '0:14'],
      [60_000, '1:00'],
      [3_600_000, '1:00:00'],
      [0, '0:00'],
      [-900, '0:00'],
    ] as const) {
      expect(format.formatCountdown(ms)).to.equal(words);
    }
  });

  it('show nothing for what is no time', () => {
    for (const show of [format.formatTime, format.formatFull]) expect(show(NaN, 'en')).to.equal('');
    for (const show of [format.formatDay, format.formatDaySeparator, format.formatRelative]) expect(show(9e15, 'en', NOON)).to.equal('');
  });
});

describe('initials', () => {
  const cases: readonly (readonly [name: string, letters: string])[] = [
    ['Kate Lewis', 'KL'],
    ['  john   paul  jones ', 'JJ'],
    ['Okafor, John', 'JO'],
    ['Madonna', 'M'],
    ['“Kate” (Billing)', 'KB'],
    ['山田 太郎', '山'],
    ['森亜希', '森'],
    ['김민수', '김'],
    ['محمد علي', 'م\u200cع'],
    ['👩‍💻 Dev', '👩‍💻D'],
    ['🇫🇷', '🇫🇷'],
    ['élodie Ångström', 'ÉÅ'],
    ['e\u0301lodie', 'E\u0301'],
    ['4711', '4'],
    ['', ''],
    ['   ', ''],
    ['—!?', ''],
    ['\u202eevil', 'E'],
    ['\ud800', ''],
    ['a'.repeat(40_000), 'A'],
  ];
  for (const [name, letters] of cases) {
    it(`of ${JSON.stringify(name.slice(0, 20))} are ${JSON.stringify(letters)}`, () => expect(initials(name, 'en')).to.equal(letters));
  }
});
