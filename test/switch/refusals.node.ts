/** What a switch refuses, and with which code. */
import { strict as assert } from 'node:assert';
import type { dialogOfCaller, RawAgent } from './support/agent.js';
import { aor, DOMAIN, session, type Message } from './support/agent.js';
import { onBothSwitches } from './support/switches.js';

const isProvisional = (status: number): boolean => status > 100 && status < 200;
const status = async (agent: RawAgent, method: string, uri: string, options = {}): Promise<number> =>
  (await agent.ask(method, uri, options)).status;

onBothSwitches('refusals', {
  'unknown agent 404, foreign domain 403, no user 484': async ({ login }) => {
    const kate = await login('kate');
    assert.equal(await status(kate, 'INVITE', aor('nobody')), 404);
    assert.equal(await status(kate, 'MESSAGE', 'sip:bob@elsewhere.test', { to: '<sip:bob@elsewhere.test>' }), 403);
    assert.equal(await status(kate, 'MESSAGE', `sip:${DOMAIN}`, { to: `<sip:${DOMAIN}>` }), 484);
  },
  'known but not logged in: 480 without a 180': async ({ login }) => {
    const kate = await login('kate');
    const { branch, callId } = kate.invite(aor('tom'));
    assert.equal((await kate.final(branch)).status, 480);
    const rang = (message: Message): boolean =>
      message.kind === 'response' && isProvisional(message.status) && message.headers.get('call-id') === callId;
    assert.deepEqual(kate.untaken(rang), []);
  },
  'a foreign From 403': async ({ login }) => {
    const kate = await login('kate');
    await login('john');
    assert.equal(await status(kate, 'INVITE', aor('john'), { from: `<${aor('maria')}>;tag=1` }), 403);
  },
  'not registered: challenged outside a dialog, refused within': async ({ login, connect }) => {
    await login('john');
    const kate = await connect('kate');
    const challenge = await kate.ask('MESSAGE', aor('john'), { body: 'x', headers: ['Content-Type: text/plain'] });
    assert.equal(challenge.status, 407);
    const within = await kate.ask('MESSAGE', `${aor('john')};gr=urn:uuid:1`, { to: `<${aor('john')}>;tag=1` });
    assert.equal(within.status, 403);
  },
  'credentials instead of a registration': async ({ login, connect }) => {
    const john = await login('john');
    const kate = await connect('kate');
    const challenge = await kate.ask('MESSAGE', aor('john'));
    const credentials = kate.credentials(challenge, 'MESSAGE', aor('john'));
    const { branch } = kate.send('MESSAGE', aor('john'), { headers: [`Proxy-Authorization: ${credentials}`] });
    const message = await john.incoming('MESSAGE');
    assert.match(message.headers.get('p-asserted-identity') ?? '', /<sip:kate@deskside\.test>/);
    assert.equal(message.headers.get('proxy-authorization'), undefined);
    john.reply(message, 200);
    assert.equal((await kate.final(branch)).status, 200);
  },
  'too large 513, too many hops 483': async ({ login }) => {
    const kate = await login('kate');
    await login('john');
    assert.equal(await status(kate, 'MESSAGE', aor('john'), { body: 'z'.repeat(50_000), headers: ['Content-Type: text/plain'] }), 513);
    assert.equal(await status(kate, 'MESSAGE', aor('john'), { maxForwards: 0 }), 483);
  },
  'an unknown dialog, transaction or device': async ({ login }) => {
    const kate = await login('kate');
    const john = await login('john');
    assert.equal(await status(kate, 'MESSAGE', aor('john'), { to: `<${aor('john')}>;tag=none` }), 481);
    assert.equal(await status(kate, 'CANCEL', aor('john')), 481);
    assert.equal(await status(kate, 'INVITE', `${aor('john')};gr=urn:uuid:none`), 480);
    const { caller } = await session(kate, john);
    await john.close();
    assert.equal((await gone(kate, caller)).status, 480);
  },
  'malformed requests get 400, garbage gets nothing, and the others notice neither': async ({ connect, login }) => {
    const kate = await login('kate');
    const noise = await connect('tom');
    const head = `MESSAGE ${aor('john')} SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bKbad1\r\nMax-Forwards: 70\r\nFrom: <${aor('kate')}>;tag=1\r\nTo: <${aor('john')}>\r\n`;
    kate.raw(`${head}Call-ID: a\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`);
    assert.equal((await kate.final('z9hG4bKbad1')).status, 400);
    noise.raw('nonsense');
    noise.raw('\r\n\r\nnonsense: \u0000\r\n\r\n');
    assert.equal(await status(kate, 'OPTIONS', `sip:${DOMAIN}`, { to: `<sip:${DOMAIN}>` }), 200);
  },
  'a keep-alive of two line ends is answered with one': async ({ login }) => {
    const kate = await login('kate');
    kate.raw('\r\n\r\n');
    await kate.frame((frame) => frame === '\r\n');
  },
  'a CANCEL of somebody else’s invitation does nothing': async ({ login }) => {
    const kate = await login('kate');
    const john = await login('john');
    const thief = await login('dmitri');
    const invite = kate.invite(aor('john'));
    const ringing = await john.incoming('INVITE', invite.callId);
    john.reply(ringing, 180);
    await kate.response(invite.branch, isProvisional);
    thief.cancel(aor('john'), invite);
    assert.equal((await thief.final(invite.branch)).status, 481);
    john.reply(ringing, 486);
    const refused = await kate.final(invite.branch);
    assert.equal(refused.status, 486);
    kate.ack(aor('john'), refused, invite.branch);
  },
  'OPTIONS to the domain 200, registered or not; to an agent it is passed on': async ({ login, connect }) => {
    const stranger = await connect('kate');
    assert.equal(await status(stranger, 'OPTIONS', `sip:${DOMAIN}`, { to: `<sip:${DOMAIN}>` }), 200);
    const kate = await login('kate');
    const john = await login('john');
    const { branch } = kate.send('OPTIONS', aor('john'));
    john.reply(await john.incoming('OPTIONS'), 200);
    assert.equal((await kate.final(branch)).status, 200);
  },
});

/** The switch may need a moment to see that a socket is gone. */
async function gone(kate: RawAgent, dialog: ReturnType<typeof dialogOfCaller>): ReturnType<RawAgent['ask']> {
  for (;;) {
    const response = await kate.within(dialog, 'MESSAGE', { body: 'x' });
    if (response.status !== 408) return response;
  }
}
