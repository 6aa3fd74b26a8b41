/** What a tab makes of how things stand, as it joins, takes over or is configured anew. */
import type { Command } from '../domain/commands.js';
import { isConnected } from '../domain/connection.js';
import { withheldBy } from '../domain/notices.js';
import type { ServiceConfig } from '../service-config.js';
import type { TabsHost } from './tabs-host.js';

/** Until somebody tells how the connection stands; what was shown before this tab joined stays. */
export function showConnecting(host: TabsHost): void {
  const status = host.read('connection')?.status ?? 'unconfigured';
  if (status !== 'unconfigured' && status !== 'logged-out') return;
  const now = host.environment.now();
  host.emit({ type: 'connection', at: now, connection: { status: 'connecting', since: now } });
}

/** Whether the snapshot is that of an engine that had registered. */
export function hadRegistered({ read }: TabsHost): boolean {
  const status = read('connection')?.status;
  const channels = Object.values(read('channels') ?? {});
  return isConnected(status) || channels.some(({ state }) => state !== 'logged-off');
}

/** What the agent may do is the same in all tabs: the last word counts. @returns undefined where nothing changed */
export function accountUpdate(before: ServiceConfig, config: ServiceConfig): Command | undefined {
  const { displayName, rights, outboundCampaign } = config;
  const withheld = withheldBy(config);
  const isSame =
    before.displayName === displayName &&
    before.outboundCampaign === outboundCampaign &&
    before.rights.join(' ') === rights.join(' ') &&
    withheldBy(before).join(' ') === withheld.join(' ');
  return isSame ? undefined : { type: 'account.update', displayName, rights, outboundCampaign: outboundCampaign || null, withheld };
}

/** Credentials stay in the tab that was given them: where the leader's were refused, the tab that has others is to lead. */
export function needsOwnWord({ read }: TabsHost, before: ServiceConfig, { credentials }: ServiceConfig): boolean {
  return credentials !== undefined && credentials !== before.credentials && read('connection')?.status === 'refused';
}
