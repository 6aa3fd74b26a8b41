/**
 * The engine: holds the gateway, the link and the parts, hands commands to the part that does them and traffic to the part that takes it.
 * The only way into this folder from above (loaded by `import()`).
 */
import type { Command } from '../domain/commands.js';
import type { CreateEngine, Engine, EngineHost } from '../engine.js';
import { DEFAULT_CONFIG, type CredentialRequest, type Secret, type ServiceConfig } from '../service-config.js';
import { isServiceError, ServiceError } from '../service-error.js';
import { createAccountPart, type AccountPart } from './connection/account-part.js';
import type { CreatePart, EngineContext, EnginePart } from './engine-part.js';
import type { GatewayEvents, IncomingInvite, IncomingRequest } from './gateway.js';
import { createImPart } from './im/im-part.js';
import { makeContext } from './make-context.js';
import { createPresencePart } from './presence/presence-part.js';
import { readCommand } from './read-command.js';
import { createSipJsGateway } from './sipjs/create-gateway.js';
import { createVoicePart } from './voice/voice-part.js';

/** Makes a gateway; tests give a scripted one. */
export type CreateGateway = typeof createSipJsGateway;

/** Every part but the account's, which all others stand on. */
const PARTS: readonly CreatePart[] = [createImPart, createPresencePart, createVoicePart];

/** The engine over any gateway. */
export class ProtocolEngine implements Engine {
  readonly #context: EngineContext;
  readonly #parts: readonly EnginePart[];
  readonly #account: AccountPart;
  #config: ServiceConfig = DEFAULT_CONFIG;
  /** Ends the wait for a secret of credentials that were replaced. */
  #askAgain: () => void = () => undefined;

  constructor(host: EngineHost, createGateway: CreateGateway = createSipJsGateway, parts: readonly CreatePart[] = PARTS) {
    this.#context = makeContext(host, {
      config: () => this.#config,
      gateway: () => this.#account.gateway,
      online: () => this.#account.online,
      setBusy: (channel, busy) => this.#account.setBusy(channel, busy),
    });
    this.#account = createAccountPart(this.#context, {
      createGateway: (account) =>
        createGateway({
          environment: host.environment,
          account,
          credentials: (request) => this.#secret(request),
          events: this.#traffic(),
        }),
      parts: () => this.#parts,
    });
    this.#parts = parts.map((create) => create(this.#context));
  }

  configure(config: ServiceConfig): void {
    const before = this.#config;
    this.#config = config;
    if (before.credentials !== config.credentials) this.#askAgain();
    this.#account.configure(before, config);
  }

  async execute(command: Command): Promise<void> {
    const checked = readCommand(command);
    const prefix = checked.type.slice(0, checked.type.indexOf('.'));
    const part = [this.#account, ...this.#parts].find((one) => one.prefixes?.includes(prefix));
    if (!part?.execute) throw new ServiceError('unsupported', `Nothing here does "${checked.type}".`);
    try {
      await part.execute(checked);
    } catch (error) {
      if (isServiceError(error)) throw error;
      throw new ServiceError('internal', 'Something went wrong here. Please report it.', { cause: error });
    }
  }

  reconnect(): void {
    this.#account.reconnect();
  }

  async stop({ keep = false }: { keep?: boolean } = {}): Promise<void> {
    await Promise.all(this.#parts.map(async (part) => part.stop?.({ keep })));
    await this.#account.stop({ keep });
  }

  /** The secret as it is set now; a gateway outlives a change of it. A function may ask a person, and never answer: new credentials end the wait. */
  async #secret(request: CredentialRequest): Promise<Secret> {
    const { credentials } = this.#config;
    const replaced = new Promise<undefined>((resolve) => {
      this.#askAgain = () => resolve(undefined);
    });
    const secret = typeof credentials === 'function' ? await Promise.race([credentials(request), replaced]) : credentials;
    if (credentials !== this.#config.credentials) return this.#secret(request);
    if (secret === undefined) throw new ServiceError('unauthorized', 'Set the credentials of the agent.');
    return secret;
  }

  #traffic(): GatewayEvents {
    return {
      onInvite: (invite) =>
        this.#guard(
          () => this.#invited(invite),
          () => invite.reject(500),
        ),
      onMessage: (message) =>
        this.#guard(
          () => this.#messaged(message),
          () => message.respond(500),
        ),
      onDisconnect: ({ code }) => this.#account.disconnected(code),
    };
  }

  #invited(invite: IncomingInvite): void {
    if (!this.#context.internal(invite.identity.address)) {
      invite.reject(403, { reason: 'Internal Sessions Only' });
      return;
    }
    const take = this.#parts.map((part) => part.media?.[invite.media]).find(Boolean);
    if (take) take(invite);
    else invite.reject(488, { headers: ['Warning: 304 - "Media type not available"'] });
  }

  #messaged(message: IncomingRequest): void {
    if (!this.#context.internal(message.identity.address)) message.respond(403, { reason: 'Internal Sessions Only' });
    else if (!this.#parts.some((part) => part.onMessage?.(message)))
      message.respond(405, { headers: ['Allow: INVITE, ACK, CANCEL, BYE, OPTIONS'] });
  }

  /** A bug here must not throw into the transport; the peer is told 500 and the page of a bug. */
  #guard(work: () => void, otherwise: () => void): void {
    try {
      work();
    } catch {
      otherwise();
      this.#context.host.report({ code: 'internal', message: 'A request could not be handled. Please report it.' });
    }
  }
}

/** Makes the engine over sip.js. */
export const createEngine: CreateEngine = (host) => new ProtocolEngine(host);
