/**
 * The way to the switch: connects, registers, watches, and comes back. Draws the machine of `domain/connection.ts`; every change is emitted.
 * A run of attempts is told apart from older ones by `#run`, so that an answer that comes too late changes nothing.
 */
import type { Connection, ConnectionStatus } from '../../domain/connection.js';
import type { Environment, TimerHandle } from '../../environment.js';
import { isServiceError } from '../../service-error.js';
import type { SipGateway } from '../gateway.js';
import { backOff } from './back-off.js';
import { Liveness } from './liveness.js';
import { registrationTrouble, type RegistrationTrouble } from './registration-trouble.js';

/** How long the switch keeps a registration that is not refreshed, seconds. */
const REGISTRATION_EXPIRES = 600;

/** A switch may close a connection so whose device has registered on another one; one that does not is asked before we register again. */
const REPLACED = 4409;

/** What it needs. */
export interface LinkOptions {
  readonly environment: Environment;
  /** Feature tags of the Contact at this moment (RFC 3840). */
  features(): readonly string[];
  /** The state of the connection changed. */
  onState(connection: Connection): void;
  /** Registered: for the first time, or again. */
  onOnline(): void;
  /** Lost, refused or closed; only after `onOnline`. */
  onOffline(): void;
  /** An error that the page should know of; once for each loss, not for each attempt. */
  report(error: { code: string; message: string }): void;
}

/** One connection at a time. */
export class Link {
  readonly #options: LinkOptions;
  readonly #liveness: Liveness;
  #gateway: SipGateway | undefined;
  #servers: readonly string[] = [];
  #status: ConnectionStatus = 'unconfigured';
  #online = false;
  /** Whether the device is ours as far as we know: what has it now is not taken from there without being asked to. */
  #owns = false;
  #run = 0;
  #attempt = 0;
  #reported = false;
  #timer: TimerHandle | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#liveness = new Liveness({
      environment: options.environment,
      ask: (limit) => this.#ask(limit),
      onDead: () => this.#dead(),
    });
  }

  /** Whether the switch has registered us on a socket that lives. */
  get online(): boolean {
    return this.#online;
  }

  /** State word. */
  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Begins afresh with these servers, tried in order. */
  start(gateway: SipGateway, servers: readonly string[]): void {
    if (this.#gateway === gateway && gateway.connected) void gateway.disconnect().catch(() => undefined);
    this.#gateway = gateway;
    this.#servers = servers;
    this.#attempt = 0;
    this.#reported = false;
    this.#owns = false;
    this.#offline();
    this.#show('connecting');
    void this.#connect();
  }

  /** Settings that lead nowhere: `message` says what to mend; empty where nothing is set yet. */
  misconfigured(message: string): void {
    this.#halt();
    this.#gateway = undefined;
    const error = message ? { code: 'configuration', message } : undefined;
    this.#show('unconfigured', error ? { error } : {});
    if (error) this.#options.report(error);
  }

  /** Connects at once instead of waiting; with a connection that seems to live, asks whether it does. */
  retry(): void {
    if (!this.#gateway) return;
    if (this.#online) this.#liveness.check();
    else if (this.#status !== 'connecting') {
      this.#attempt = 0;
      void this.#connect();
    }
  }

  /** The page woke, or the network came back. */
  wake(): void {
    if (this.#online || this.#status === 'reconnecting') this.retry();
  }

  /** A sign of life. Whatever came meanwhile is one too: in a flood the answer may stand in line for longer than the limit. */
  async #ask(limit: number): Promise<number> {
    const askedAt = this.#options.environment.now();
    const status = (await this.#gateway?.options(limit))?.status ?? 0;
    const heard = this.#gateway?.connected && this.#gateway.heardAt > askedAt;
    return status === 408 && heard ? 200 : status;
  }

  /** Registers again, because the features changed. @returns what is wrong, undefined where nothing is */
  async register(): Promise<RegistrationTrouble | undefined> {
    const gateway = this.#gateway;
    if (!gateway) return registrationTrouble(0);
    const answer = await gateway.register({
      expires: REGISTRATION_EXPIRES,
      features: this.#options.features(),
      onTaken: () => this.#gateway === gateway && this.#replaced(),
      onLost: ({ status }) => this.#gateway === gateway && this.#unregistered(registrationTrouble(status) ?? this.#lostTrouble()),
    });
    return registrationTrouble(answer.status);
  }

  /** The socket is gone. @param code why, as the close frame says (RFC 6455, 7.4) */
  disconnected(code: number): void {
    if (code === REPLACED && this.#online) return this.#replaced();
    if (this.#online || this.#status === 'degraded') this.#lose(this.#lostTrouble());
  }

  /** Leaves the switch; with `keep` the registration stays, for a successor. */
  async stop(keep: boolean): Promise<void> {
    const gateway = this.#gateway;
    const online = this.#online;
    this.#halt();
    this.#gateway = undefined;
    this.#show('logged-out');
    if (!gateway) return;
    if (online && !keep) await gateway.unregister().catch(() => undefined);
    await gateway.disconnect().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const gateway = this.#gateway;
    const run = this.#begin();
    if (!gateway) return;
    if (this.#status === 'reconnecting' || this.#status === 'refused' || this.#status === 'replaced') this.#show('reconnecting');
    try {
      await gateway.connect(this.#servers[this.#attempt % this.#servers.length] ?? '');
      if (run !== this.#run) return;
      await this.#claim(run, gateway);
    } catch (error) {
      if (run === this.#run) this.#failed(error);
    }
  }

  /** Registers; a device that was ours only where it still is: two pages that take it from each other would never rest. */
  async #claim(run: number, gateway: SipGateway): Promise<void> {
    const seen = this.#owns ? await gateway.look() : undefined;
    if (run !== this.#run) return;
    if (seen?.isTaken) this.#replaced();
    else this.#registered(run, this.#lookTrouble(seen?.status) ?? (await this.register()));
  }

  /** What a look that failed says of the connection; a registrar that does not answer looks may register us all the same. */
  #lookTrouble(status = 200): RegistrationTrouble | undefined {
    const trouble = registrationTrouble(status);
    return trouble?.kind === 'again' ? undefined : trouble;
  }

  #registered(run: number, trouble: RegistrationTrouble | undefined): void {
    if (run !== this.#run) return;
    if (trouble) this.#unregistered(trouble);
    else this.#ready();
  }

  #ready(): void {
    this.#attempt = 0;
    this.#reported = false;
    this.#online = this.#owns = true;
    this.#show('ready');
    this.#liveness.start();
    this.#options.onOnline();
  }

  #failed(error: unknown): void {
    if (isServiceError(error) && error.code === 'unauthorized') {
      this.#unregistered({ kind: 'refused', code: 'unauthorized', message: error.message });
    } else if (isServiceError(error) && error.code === 'configuration') this.misconfigured(error.message);
    else this.#lose(this.#lostTrouble());
  }

  #unregistered(trouble: RegistrationTrouble): void {
    if (trouble.kind === 'lost') this.#dead();
    else if (trouble.kind === 'refused') this.#refuse(trouble);
    else this.#degrade(trouble);
  }

  #refuse({ code, message }: RegistrationTrouble): void {
    this.#halt();
    this.#show('refused', { error: { code, message } });
    this.#options.report({ code, message });
    void this.#gateway?.disconnect().catch(() => undefined);
  }

  /** Another page registered as this device. Trying again would take it away from there: a person may. */
  #replaced(): void {
    this.#halt();
    this.#owns = false;
    this.#show('replaced');
    void this.#gateway?.disconnect().catch(() => undefined);
  }

  /** Connected but not registered: tries to register again on the same socket. */
  #degrade(trouble: RegistrationTrouble): void {
    this.#offline();
    this.#attempt += 1;
    const run = this.#begin();
    this.#tell('degraded', trouble, 0);
    this.#timer = this.#options.environment.setTimeout(() => {
      if (run === this.#run) void this.#connectAgain(run);
    }, this.#wait());
  }

  async #connectAgain(run: number): Promise<void> {
    if (this.#gateway) await this.#claim(run, this.#gateway).catch(() => run === this.#run && this.#unregistered(this.#lostTrouble()));
  }

  #dead(): void {
    void this.#gateway?.disconnect().catch(() => undefined);
    this.#lose(this.#lostTrouble());
  }

  /** Waits, unless another server is left to try in this round. */
  #lose(trouble: RegistrationTrouble): void {
    const wasOnline = this.#online;
    this.#offline();
    const run = this.#begin();
    const others = !wasOnline && (this.#attempt + 1) % this.#servers.length !== 0;
    const wait = others ? 0 : this.#wait();
    if (!wasOnline) this.#attempt += 1;
    this.#tell('reconnecting', trouble, this.#options.environment.now() + wait);
    this.#timer = this.#options.environment.setTimeout(() => {
      if (run === this.#run) void this.#connect();
    }, wait);
  }

  #wait(): number {
    return backOff(Math.floor(this.#attempt / Math.max(1, this.#servers.length)), this.#options.environment.random());
  }

  #tell(status: 'reconnecting' | 'degraded', { code, message }: RegistrationTrouble, retryAt: number): void {
    this.#show(status, { error: { code, message }, ...(retryAt ? { retryAt } : {}) });
    if (!this.#reported) this.#options.report({ code, message });
    this.#reported = true;
  }

  #lostTrouble(): RegistrationTrouble {
    const server = this.#servers[this.#attempt % Math.max(1, this.#servers.length)] ?? '';
    const message = `The switch at ${server} cannot be reached. Trying again by itself; check the server URL and the network.`;
    return { kind: 'lost', code: 'unreachable', message };
  }

  /** Starts a run of its own: what is under way or planned no longer counts. */
  #begin(): number {
    this.#options.environment.clearTimeout(this.#timer);
    this.#run += 1;
    return this.#run;
  }

  #halt(): void {
    this.#begin();
    this.#offline();
  }

  #offline(): void {
    this.#liveness.stop();
    if (!this.#online) return;
    this.#online = false;
    this.#options.onOffline();
  }

  #show(status: ConnectionStatus, more: Pick<Connection, 'retryAt' | 'error'> = {}): void {
    this.#status = status;
    this.#options.onState({ status, since: this.#options.environment.now(), ...more });
  }
}
