/** REGISTER: digest, several devices, GRUU, and who owns a connection. */
import { strict as assert } from 'node:assert';
import { aor, DOMAIN, RawAgent } from './support/agent.js';
import { onBothSwitches, onSwitch } from './support/switches.js';

const contactsOf = (values: string[]): string => values.join('\n');

onBothSwitches('registration', {
  'asks for credentials once, then lists the device with its GRUU': async ({ connect }) => {
    const kate = await connect('kate');
    const challenge = await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>` });
    assert.equal(challenge.status, 401);
    assert.match(challenge.headers.get('www-authenticate') ?? '', /Digest realm="deskside\.test".*qop="auth"/);
    const response = await kate.register();
    assert.equal(response.status, 200);
    const contacts = contactsOf(response.headers.list('contact'));
    assert.match(contacts, /expires=(300|299)/);
    assert.ok(contacts.includes(`pub-gruu="${kate.gruu}"`), contacts);
    assert.ok(contacts.includes(`+sip.instance="<${kate.instance}>"`), contacts);
  },
  'refuses a wrong password and an unknown agent alike': async ({ connect }) => {
    assert.equal((await (await connect('kate')).register({ password: 'wrong' })).status, 401);
    assert.equal((await (await connect('nobody')).register()).status, 401);
  },
  'refuses a replayed request': async ({ connect }) => {
    const kate = await connect('kate');
    const challenge = await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>` });
    const headers = [`Authorization: ${kate.credentials(challenge, 'REGISTER', `sip:${DOMAIN}`)}`];
    assert.equal((await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>`, headers })).status, 200);
    const thief = await connect('kate');
    assert.equal((await thief.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>`, headers })).status, 401);
  },
  'refuses the address of another agent, and a second agent on one connection': async ({ login }) => {
    const kate = await login('kate');
    const challenge = await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('john')}>` });
    const headers = [`Authorization: ${kate.credentials(challenge, 'REGISTER', `sip:${DOMAIN}`)}`];
    assert.equal((await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('john')}>`, headers })).status, 403);
    Object.defineProperty(kate, 'user', { value: 'john' });
    assert.equal((await kate.register()).status, 403);
  },
  'keeps several devices, replaces one that comes back, forgets one that unregisters or disconnects': async ({ login, connect }) => {
    const first = await login('aki');
    const second = await login('aki');
    const again = await connect('aki', { instance: first.instance });
    const both = await again.register();
    assert.equal(both.headers.list('contact').length, 2);
    await second.close();
    const one = await until(async () => {
      const response = await again.register();
      return response.headers.list('contact').length === 1;
    });
    assert.ok(one);
    assert.equal((await again.register({ expires: 0 })).headers.list('contact').length, 0);
  },
  'closes the connection whose device registers on another, with a code that says so, and none beside it': async ({ login, connect }) => {
    const [first, other] = [await login('aki'), await login('aki')];
    const next = await connect('aki', { instance: first.instance });
    await next.register();
    assert.equal(await first.closedByPeer(), 4409);
    for (const one of [next, other, next]) assert.equal((await one.register()).headers.list('contact').length, 2);
    assert.deepEqual([next.closeCode, other.closeCode], [undefined, undefined]);
  },
  'refuses a foreign domain': async ({ connect }) => {
    const kate = await connect('kate');
    assert.equal((await kate.ask('REGISTER', 'sip:elsewhere.test', { to: '<sip:kate@elsewhere.test>' })).status, 403);
  },
  'closes the door to sockets that do not speak sip': async ({ url }) => {
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(url, 'chat');
    const opened = await new Promise<boolean>((resolve) => {
      socket.on('open', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    assert.equal(opened, false);
  },
});

onBothSwitches(
  'SHA-256 registration',
  {
    'accepts RFC 8760 credentials': async ({ connect }) => {
      const kate = await connect('kate');
      const challenge = await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>` });
      const headers = [`Authorization: ${kate.credentials(challenge, 'REGISTER', `sip:${DOMAIN}`, { algorithm: 'SHA-256' })}`];
      assert.equal((await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>`, headers })).status, 200);
    },
  },
  { options: { algorithms: ['SHA-256'] } },
);

onSwitch(
  'embedded',
  'several algorithms',
  {
    'offers them in order of preference and takes either': async ({ url }) => {
      for (const algorithm of ['SHA-256', 'MD5']) {
        const kate = await RawAgent.connect(url, 'kate');
        const challenge = await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>` });
        assert.deepEqual(
          challenge.headers.all('www-authenticate').map((line) => /algorithm=([\w-]+)/.exec(line)?.[1]),
          ['SHA-256', 'MD5'],
        );
        const headers = [`Authorization: ${kate.credentials(challenge, 'REGISTER', `sip:${DOMAIN}`, { algorithm })}`];
        assert.equal((await kate.ask('REGISTER', `sip:${DOMAIN}`, { to: `<${aor('kate')}>`, headers })).status, 200);
        await kate.close();
      }
    },
  },
  { options: { algorithms: ['SHA-256', 'MD5'] } },
);

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  const limit = Date.now() + 5000;
  while (Date.now() < limit) if (await condition()) return true;
  return false;
}
