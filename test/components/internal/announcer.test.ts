import { expect, waitUntil } from '@open-wc/testing';
import { announce, ensureAnnouncer } from '../../../src/components/internal/announcer.js';

const region = (urgency: string): HTMLElement | null => document.querySelector(`[data-deskside-announcer="${urgency}"]`);
const said = (urgency = 'polite'): string[] => [...(region(urgency)?.children ?? [])].map((node) => node.textContent);

describe('announcer', () => {
  beforeEach(() => {
    for (const urgency of ['polite', 'assertive']) region(urgency)?.remove();
    ensureAnnouncer();
  });

  it('has its regions before it speaks, one of each for every copy of the code', () => {
    ensureAnnouncer();
    const regions = [...document.querySelectorAll('[data-deskside-announcer]')];
    expect(regions.map((one) => one.getAttribute('aria-live'))).to.deep.equal(['polite', 'assertive']);
    expect(regions.every((one) => one.childElementCount === 0)).to.equal(true);
    expect(region('polite')?.getBoundingClientRect().width).to.be.at.most(1);
  });

  it('joins what comes together and says repeated words once', async () => {
    announce('John Davis: hello');
    announce('John Davis: hello');
    announce('3 matching internal targets');
    expect(said()).to.deep.equal([]);
    await waitUntil(() => said().length > 0);
    expect(said()).to.deep.equal(['John Davis: hello. 3 matching internal targets']);
  });

  it('says the same words again later, as an addition of its own', async () => {
    announce('again');
    await waitUntil(() => said().length === 1);
    announce('again');
    await waitUntil(() => said().length === 2);
  });

  it('keeps urgent words apart, and nothing to itself', async () => {
    announce('  ');
    announce('Invitation from Kate', 'assertive');
    await waitUntil(() => said('assertive').length === 1);
    expect(said()).to.deep.equal([]);
  });

  it('says only the newest of a flood', async () => {
    for (let n = 1; n <= 500; n += 1) announce(`line ${n}`);
    await waitUntil(() => said().length > 0);
    expect(said()).to.deep.equal(['line 496. line 497. line 498. line 499. line 500']);
  });

  it('comes back when the page threw its region away', async () => {
    region('polite')?.remove();
    announce('still here');
    await waitUntil(() => said().includes('still here'));
  });
});
