import { encodePidf } from '../../src/services/protocol/codecs/pidf.js';
import { encodeListNotification } from '../../src/services/protocol/codecs/rlmi.js';
import { HostileSwitch, request, fresh, AGENT } from './support/hostile-switch.js';
import { openPlace } from './support/page.js';
import { IM_SDP } from '../switch/support/dialog.js';
const place = await openPlace('chromium');
const sw = await HostileSwitch.start();
const t0 = () => performance.now();
try {
const desk = await place.desk(sw.url);
await desk.page.evaluate(() => new Promise(r => setTimeout(r, 1500)));
console.log('start long', await desk.longTasks(), 'heap', await desk.heap());
await desk.longTasks();
// a
const invites = Array.from({length:1000}, (_, i) => request('INVITE', { from: `"Caller ${i}" <sip:john@deskside.test>;tag=${fresh()}`, headers: ['Contact: <sip:john@deskside.test;gr=x>','Content-Type: application/sdp','Expires: 60', `P-Asserted-Identity: <sip:john@deskside.test>`], body: IM_SDP }));
let t = t0();
for (const one of invites) sw.say(one.frame);
await sw.settled();
const st = invites.map(i => sw.finals(i.branch)[0]?.status ?? 0);
console.log('invites', t0()-t, 'ms', st.filter(s=>s===486).length, '486', st.filter(s=>s===0).length, 'pending', 'long', await desk.longTasks());
// cancel the pending ones
// accept the first
t = t0();
const first = invites.find(i=>!sw.finals(i.branch)[0])!;
await desk.page.evaluate(() => { const s = (globalThis as any).deskside.service; const id = s.snapshot.get('sessions')[0]; s.view.open(id); return Promise.race([s.im.accept(id).catch(()=>0), new Promise(r=>setTimeout(r,200))]); });
const ok = await sw.final(first);
const to = ok.headers.get('to')!, from = ok.headers.get('from')!;
sw.say(request('ACK', { from, to, callId: first.callId }).frame);
await sw.settled();
console.log('accepted', t0()-t, await desk.longTasks(), 'heap', await desk.heap());
// b
t = t0();
const msgs = Array.from({length:10000}, (_, i) => request('MESSAGE', { from, to, callId: first.callId, cseq: 2+i, headers:['Content-Type: text/plain', 'P-Asserted-Identity: <sip:john@deskside.test>'], body: `message number ${i}` }));
for (const one of msgs) sw.say(one.frame);
await desk.page.evaluate(()=>0);
await sw.settled(180000);
const counts: Record<string,number> = {};
for (const m of msgs) { const k = sw.finals(m.branch)[0]?.status ?? 0; counts[k]=(counts[k]??0)+1; }
console.log('messages', t0()-t, JSON.stringify(counts), 'long', (await desk.longTasks()).join(' '));
console.log('heap', await desk.heap());
await desk.page.screenshot({path:'/tmp/hostile-flood1.png'});
// c
await desk.page.type('>>> input[role=combobox]', 'a');
await desk.page.evaluate(() => new Promise(r => setTimeout(r, 1500)));
const sub = await sw.asked('SUBSCRIBE');
console.log(sub.uri, sub.headers.get('to'), sub.body.slice(0,300));
const addrs = [...sub.body.matchAll(/uri="([^"]+)"/g)].map(m=>m[1]!);
const states = ['ready','not-ready','busy','dnd'];
const notify = (cseq: number) => {
  const resources = [addrs[cseq % addrs.length]!].map(uri => ({ uri, state: 'active' as const, document: { contentType: 'application/pidf+xml', body: encodePidf({ entity: uri, device: 'd1', channels: { im: cseq % 3 ? { state: 'ready', since: 1e12 + cseq } : { state: 'not-ready', reason: 'r'+cseq, since: 1e12 + cseq } } }) } }));
  const list = encodeListNotification({ uri: sub.uri, version: cseq, fullState: false, resources });
  return request('NOTIFY', { uri: AGENT, from: `<${sub.uri}>;tag=hostile`, to: sub.headers.get('from')!, callId: sub.headers.get('call-id')!, cseq, headers: ['Event: presence', 'Subscription-State: active;expires=500', 'Contact: <sip:presence@deskside.test>', `P-Asserted-Identity: <${sub.uri}>`, 'Require: eventlist', `Content-Type: ${list.contentType}`], body: list.body });
};
const notes = Array.from({length: 5000}, (_, i) => notify(i+1));
console.log(addrs.length); 
await desk.longTasks();
t = t0();
for (let k=0;k<5;k++) { for (const n of notes.slice(k*1000,k*1000+1000)) sw.say(n.frame); await new Promise(r=>setTimeout(r,1000)); }
await sw.settled(180000);
const c2: Record<string,number> = {};
for (const m of notes) { const k = sw.finals(m.branch)[0]?.status ?? 0; c2[k]=(c2[k]??0)+1; }
console.log('presence', t0()-t, JSON.stringify(c2), 'long', (await desk.longTasks()).join(' '), 'heap', await desk.heap());
await desk.page.screenshot({path:'/tmp/hostile-flood2.png'});
// d
t = t0();
sw.say('MESSAGE sip:kate@deskside.test SIP/2.0\r\n' + 'x'.repeat(10*1024*1024));
await sw.settled();
console.log('10MB text', t0()-t, await desk.longTasks(), sw.connected);
t = t0();
sw.say(request('MESSAGE', { from, to, callId: first.callId, cseq: 20000, headers:['Content-Type: text/plain'], body: '\u00e9\u{1f600}'.repeat(10*1024*1024/6) }).frame);
await sw.settled();
console.log('10MB utf8', t0()-t, await desk.longTasks(), sw.connected);
t = t0();
sw.say(Buffer.alloc(10*1024*1024, 0xff));
await sw.settled();
console.log('10MB bin', t0()-t, await desk.longTasks(), sw.connected);
console.log(desk.faults.slice(0,5), 'heap', await desk.heap());
await desk.page.screenshot({path:'/tmp/hostile-flood.png'});
} finally { await sw.stop(); await place.close(); }
