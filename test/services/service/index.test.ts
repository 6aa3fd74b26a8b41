import { expect } from '@open-wc/testing';

/** Addresses of everything that this page has loaded. */
const loaded = (): string[] => performance.getEntriesByType('resource').map(({ name }) => name);

describe('The public API', () => {
  it('loads nothing of SIP, and neither does a service without settings', async () => {
    const { createSipService } = await import('../../../src/services/index.js');
    const service = createSipService();
    expect(service.contract).to.equal(1);
    expect(loaded().filter((name) => /sip\.js\/|services\/protocol\//.test(name))).to.deep.equal([]);
    expect(service.snapshot.get('connection')?.status).to.equal('unconfigured');
    await service.stop();
  });

  it('loads it as soon as there is something to connect to', async () => {
    const { createSipService } = await import('../../../src/services/index.js');
    const service = createSipService({ address: 'sip:kate@deskside.test' });
    const error = await new Promise<{ code: string }>((resolve) => service.onError(resolve));
    expect(error.code).to.equal('configuration');
    expect(loaded().some((name) => name.includes('services/protocol/engine'))).to.equal(true);
    await service.stop();
  });
});
