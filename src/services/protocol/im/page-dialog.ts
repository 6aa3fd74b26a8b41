/** What stands where a dialog would in page mode (RFC 3428): requests go to the peer's address, and there is nothing to end. */
import type { Party } from '../../domain/party.js';
import type { EngineContext } from '../engine-part.js';
import type { SipDialog, SipResponse } from '../gateway.js';

const answered = (status: number): SipResponse => ({ status, reason: '', header: () => undefined });

/** Makes it for a peer, who may get another name later. */
export function pageDialog(context: EngineContext, peer: () => Party): SipDialog {
  return {
    ref: { callId: '', localTag: '', remoteTag: '', remoteTarget: '' },
    get remote() {
      return { address: peer().address, name: peer().name, asserted: true };
    },
    request: (_method, { body } = {}) =>
      body && context.gateway ? context.gateway.message(peer().address, body) : Promise.resolve(answered(0)),
    reinvite: () => Promise.resolve(answered(488)),
    bye: () => Promise.resolve(answered(200)),
    abandon: () => undefined,
  };
}
