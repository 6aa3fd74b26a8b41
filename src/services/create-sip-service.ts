/** Makes the service that the elements share. */
import { browserEnvironment, type Environment } from './environment.js';
import type { ServiceConfig } from './service-config.js';
import type { SipService } from './sip-service.js';
import type { TabsHost } from './tabs/tabs-host.js';
import { LocalBus, type LoadEngine } from './service/command-bus.js';
import { DesksideService } from './service/deskside-service.js';

/** Fetches what runs the engine, here or in another tab of this agent. */
async function loadFor(host: TabsHost): ReturnType<LoadEngine> {
  const { createSharedEngine } = await import('./shared-engine.js');
  return { createEngine: () => createSharedEngine(host) };
}

/**
 * Makes a service. It connects by itself as soon as server and address are set, here or by `configure`; nothing of SIP is loaded before.
 * @param environment clock, timers, sockets and storage; tests give their own
 */
export function createSipService(config: Partial<ServiceConfig> = {}, environment: Environment = browserEnvironment()): SipService {
  const service = new DesksideService(environment, (host) => new LocalBus(host, () => loadFor(host)));
  service.configure(config);
  return service;
}
