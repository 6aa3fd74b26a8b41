import { expect } from '@open-wc/testing';

/** What each branch of SIP begins with (RFC 3261, section 8.1.1.7), put together here so that this file does not hold it. */
const COOKIE = ['z9hG', '4bK'].join('');

/** How many of the scripts that this page has loaded are of SIP. */
async function loadedOfSip(): Promise<number> {
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => /\.[jt]s$/.test(new URL(name).pathname));
  const texts = await Promise.all(scripts.map(async ({ name }) => (await fetch(name)).text()));
  return texts.filter((text) => text.includes(COOKIE)).length;
}

describe('The public API', () => {
  it('loads nothing of SIP, and neither does a service without settings', async () => {
    const { createSipService } = await import('../../../src/services/index.js');
    const service = createSipService();
    expect(service.contract).to.equal(1);
    expect(await loadedOfSip()).to.equal(0);
    expect(service.snapshot.get('connection')?.status).to.equal('unconfigured');
    await service.stop();
  });

  it('loads it as soon as there is something to connect to', async () => {
    const { createSipService } = await import('../../../src/services/index.js');
    const service = createSipService({ address: 'sip:kate@deskside.test' });
    const error = await new Promise<{ code: string }>((resolve) => service.onError(resolve));
    expect(error.code).to.equal('configuration');
    expect(await loadedOfSip()).to.be.greaterThan(0);
    await service.stop();
  });
});
