import { expect } from '@open-wc/testing';
import { memoryStorage } from '../../../support/network.js';
import { Bench, CONFIG, settled } from '../fakes.js';

describe('The link to the switch', () => {
  const connection = (bench: Bench) => bench.state.read('connection');

  it('connects, registers, and is ready', async () => {
    const bench = await new Bench().start();
    expect(bench.statuses).to.deep.equal(['connecting', 'ready']);
    expect(bench.gateway.registrations).to.deep.equal([['+sip.message']]);
  });

  const problems: readonly [what: string, config: Partial<typeof CONFIG>, words: RegExp][] = [
    ['no server', { servers: [] }, /server is missing/],
    ['no address', { address: '' }, /address is missing/],
    ['a malformed address', { address: 'kate at home' }, /no SIP address/],
    ['a malformed URL', { servers: ['switch.test'] }, /no WebSocket URL/],
    ['an http URL', { servers: ['https://switch.test'] }, /no WebSocket URL/],
  ];
  for (const [what, config, words] of problems) {
    it(`says what to do about ${what}`, async () => {
      const bench = await new Bench().start(config);
      expect(connection(bench)?.status).to.equal('unconfigured');
      expect(bench.errors).to.have.length(1);
      expect(bench.errors[0]?.code).to.equal('configuration');
      expect(bench.errors[0]?.message).to.match(words);
    });
  }

  it('says nothing while nothing is set', async () => {
    const bench = await new Bench().start({ servers: [], address: '' });
    expect(bench.errors).to.deep.equal([]);
  });

  for (const status of [401, 403, 407]) {
    it(`is refused with ${status}, and does not try again until told other credentials`, async () => {
      const bench = new Bench();
      bench.prepare = (gateway) => (gateway.registerAnswers = [status]);
      await bench.start();
      expect(connection(bench)?.status).to.equal('refused');
      expect(connection(bench)?.error?.code).to.equal('unauthorized');
      expect(bench.errors.map(({ code }) => code)).to.deep.equal(['unauthorized']);
      expect(bench.state.read('channels')?.im.state).to.equal('logged-off');
      await bench.clock.pass(120_000);
      expect(bench.gateway.registrations).to.have.length(1);
      bench.engine.configure({ ...CONFIG, credentials: 'better' });
      await settled();
      expect(connection(bench)?.status).to.equal('ready');
      expect(bench.state.read('channels')?.im.state).to.equal('ready');
    });
  }

  it('backs off from 1 s doubling to 30 s, tells when, and reports once', async () => {
    const bench = new Bench();
    bench.prepare = (gateway) => (gateway.reachable = false);
    await bench.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const wait = (connection(bench)?.retryAt ?? 0) - bench.clock.now;
      waits.push(wait);
      await bench.clock.pass(wait);
    }
    expect(waits).to.deep.equal([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000].map((wait, index) => waits[index] ?? wait));
    expect(waits[0]).to.be.within(1000, 2000);
    expect(waits.slice(0, 3).every((wait, index) => (waits[index + 1] ?? 0) === wait * 2)).to.equal(true);
    expect(Math.max(...waits)).to.equal(30_000);
    expect(bench.errors.map(({ code }) => code)).to.deep.equal(['unreachable']);
    expect(bench.errors[0]?.message).to.include('wss://switch.test/ws');
  });

  it('tries the other servers at once, in order', async () => {
    const bench = new Bench();
    bench.prepare = (gateway) => (gateway.reachable = false);
    await bench.start({ servers: ['wss://one.test', 'wss://two.test'] });
    await bench.clock.pass(0);
    expect(bench.gateway.servers).to.deep.equal(['wss://one.test', 'wss://two.test']);
    bench.gateway.reachable = true;
    await bench.clock.pass(5000);
    expect(bench.gateway.servers[2]).to.equal('wss://one.test');
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('comes back after a lost socket, on the same gateway', async () => {
    const bench = await new Bench().start();
    await bench.gateway.lose();
    expect(connection(bench)?.status).to.equal('reconnecting');
    expect(connection(bench)?.retryAt).to.be.a('number');
    await bench.clock.pass(1000);
    expect(connection(bench)?.status).to.equal('ready');
    expect(bench.gateways).to.have.length(1);
    expect(bench.gateway.registrations).to.have.length(2);
  });

  it('comes back at once when told to, and when the network or the page wakes', async () => {
    const bench = await new Bench().start();
    bench.gateway.reachable = false;
    await bench.gateway.lose();
    bench.gateway.reachable = true;
    bench.engine.reconnect();
    await settled();
    expect(connection(bench)?.status).to.equal('ready');
    await bench.gateway.lose();
    bench.clock.wake();
    await settled();
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('finds a half-open socket within 30 s', async () => {
    const bench = await new Bench().start();
    await bench.clock.pass(60_000);
    expect(bench.gateway.asked).to.be.within(2, 3);
    bench.gateway.optionsAnswer = 408;
    bench.gateway.reachable = false;
    await bench.clock.pass(30_000);
    expect(connection(bench)?.status).to.equal('reconnecting');
  });

  it('takes whatever else comes for a sign of life, while the answer stands in line', async () => {
    const bench = await new Bench().start();
    bench.gateway.optionsAnswer = 408;
    bench.gateway.heardAt = Infinity;
    await bench.clock.pass(60_000);
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('asks at once after the machine slept', async () => {
    const bench = await new Bench().start();
    bench.gateway.optionsAnswer = 408;
    bench.gateway.reachable = false;
    bench.clock.sleep(3_600_000);
    await bench.clock.pass(5000);
    expect(connection(bench)?.status).to.equal('reconnecting');
  });

  it('is replaced when another page registered as the same device, until a person wants it back', async () => {
    const bench = await new Bench().start();
    await bench.gateway.lose(4409);
    expect(connection(bench)?.status).to.equal('replaced');
    await bench.clock.pass(120_000);
    expect(bench.gateway.registrations).to.have.length(1);
    bench.engine.reconnect();
    await settled();
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('looks before it comes back, and leaves the device to the page that has it by now, until a person wants it back', async () => {
    const bench = await new Bench().start();
    expect(bench.gateway.looked).to.equal(0);
    bench.gateway.seen = { status: 200, isTaken: true };
    await bench.gateway.lose();
    await bench.clock.pass(120_000);
    expect(connection(bench)?.status).to.equal('replaced');
    expect(bench.gateway.connected).to.equal(false);
    expect([bench.gateway.looked, bench.gateway.registrations.length]).to.deep.equal([1, 1]);
    bench.engine.reconnect();
    await settled();
    expect(connection(bench)?.status).to.equal('ready');
    expect(bench.gateway.looked).to.equal(1);
  });

  it('is replaced when it finds another page in its place as it refreshes the registration', async () => {
    const bench = await new Bench().start();
    bench.gateway.onTaken();
    expect(connection(bench)?.status).to.equal('replaced');
    expect(bench.gateway.connected).to.equal(false);
  });

  const looks: readonly [status: number, then: string][] = [
    [403, 'refused'],
    [408, 'reconnecting'],
    [405, 'ready'],
    [500, 'ready'],
  ];
  for (const [status, then] of looks) {
    it(`is ${then} after the registrar answered that look with ${status}`, async () => {
      const bench = await new Bench().start();
      bench.gateway.seen = { status, isTaken: false };
      await bench.gateway.lose();
      bench.engine.reconnect();
      await settled();
      expect(connection(bench)?.status).to.equal(then);
      expect(bench.gateway.registrations).to.have.length(then === 'ready' ? 2 : 1);
    });
  }

  it('is degraded while the switch cannot register, and tries again', async () => {
    const bench = new Bench();
    bench.prepare = (gateway) => (gateway.registerAnswers = [503, 500]);
    await bench.start();
    expect(connection(bench)?.status).to.equal('degraded');
    expect(connection(bench)?.error?.message).to.include('503');
    await bench.clock.pass(10_000);
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('registers again when the switch drops a registration', async () => {
    const bench = await new Bench().start();
    bench.gateway.onLost({ status: 500, reason: '', header: () => undefined });
    expect(connection(bench)?.status).to.equal('degraded');
    await bench.clock.pass(5000);
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('keeps one instance over reloads of the tab, and another for another agent', async () => {
    const tabStorage = memoryStorage();
    const first = await new Bench({ tabStorage }).start();
    const second = await new Bench({ tabStorage }).start();
    const other = await new Bench({ tabStorage }).start({ address: 'sip:john@deskside.test' });
    expect(second.gateway.account.instanceId).to.equal(first.gateway.account.instanceId);
    expect(other.gateway.account.instanceId).not.to.equal(first.gateway.account.instanceId);
  });

  it('works where storage is blocked', async () => {
    const blocked = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const bench = await new Bench({ tabStorage: { getItem: blocked, setItem: blocked, removeItem: blocked } }).start();
    expect(connection(bench)?.status).to.equal('ready');
  });

  it('leaves the old address when given another', async () => {
    const bench = await new Bench().start();
    bench.engine.configure({ ...CONFIG, address: 'sip:john@deskside.test' });
    await settled();
    const [old, next] = bench.gateways;
    expect(old?.unregistered).to.equal(1);
    expect(old?.disposed).to.equal(true);
    expect(next?.account).to.deep.include({ address: 'sip:john@deskside.test', authUser: 'john' });
    expect(bench.state.read('account')?.user).to.equal('john');
  });

  it('connects anew to another server, and keeps its dialogs', async () => {
    const bench = await new Bench().start();
    bench.engine.configure({ ...CONFIG, servers: ['wss://other.test'] });
    await settled();
    expect(bench.gateways).to.have.length(1);
    expect(bench.gateway.servers.at(-1)).to.equal('wss://other.test');
  });

  it('logs out, and leaves no timer behind', async () => {
    const bench = await new Bench().start();
    await bench.engine.stop();
    expect(connection(bench)?.status).to.equal('logged-out');
    expect(bench.gateway.unregistered).to.equal(1);
    expect(bench.gateway.disposed).to.equal(true);
    expect(bench.clock.timers).to.equal(0);
  });

  it('leaves its registration to a successor', async () => {
    const bench = await new Bench().start();
    await bench.engine.stop({ keep: true });
    expect(bench.gateway.unregistered).to.equal(0);
  });
});
