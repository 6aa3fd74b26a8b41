/** What is missing or malformed in the settings that lead to the switch. */
import { parseAddress } from '../../domain/party.js';
import type { ServiceConfig } from '../../service-config.js';

function isWebSocketUrl(text: string): boolean {
  try {
    return /^wss?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/**
 * A sentence that names what to mend.
 * @returns undefined where all is well; an empty sentence where nothing is set at all, which is no error but a page that is not ready yet
 */
export function configurationProblem(config: Pick<ServiceConfig, 'servers' | 'address'>): string | undefined {
  const { servers, address } = config;
  if (!servers.length && !address) return '';
  if (!servers.length) return 'The server is missing. Set it to the WebSocket URL of the switch, such as wss://switch.example/ws.';
  if (!address) return 'The address is missing. Set it to the SIP address of the agent, such as sip:kate@example.com.';
  if (!parseAddress(address)) return 'The address is no SIP address. Write it as sip:user@domain.';
  const bad = servers.find((server) => !isWebSocketUrl(server));
  return bad === undefined ? undefined : `The server "${bad.slice(0, 200)}" is no WebSocket URL. Write it as wss://host/path.`;
}
