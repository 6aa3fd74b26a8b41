/** What opens under the buttons of each call: the keypad, the choice of devices, the Team Communicator. One of them at a time. */
import type { ReactiveControllerHost } from 'lit';
import type { AudioDevices, SipService } from '../../services/index.js';
import type { CommandController } from '../internal/command-controller.js';
import type { Panel } from './controls.js';
import { keyOf } from './voice-call.templates.js';

/** See the head of the file. */
export class CallPanels {
  readonly #host: ReactiveControllerHost & { readonly activeService: SipService | undefined };
  readonly #commands: CommandController;
  readonly #open = new Map<string, Panel>();
  /** How many keys were pressed, per call. */
  readonly #keys = new Map<string, number>();
  #devices: AudioDevices | undefined;

  constructor(host: ReactiveControllerHost & { readonly activeService: SipService | undefined }, commands: CommandController) {
    this.#host = host;
    this.#commands = commands;
  }

  /** What can be chosen; undefined while it is asked for. */
  get devices(): AudioDevices | undefined {
    return this.#devices;
  }

  /** What is open under a call. */
  of(id: string): Panel | undefined {
    return this.#open.get(id);
  }

  /** How many keys were pressed since the keypad was opened. */
  pressed(id: string): number {
    return this.#keys.get(id) ?? 0;
  }

  /** Name of the command that the last key was. */
  lastKey(id: string): string {
    return `key ${id} ${this.pressed(id)}`;
  }

  /** Opens it, or closes it where it is open. */
  toggle(id: string, panel: Panel): void {
    const opens = this.#open.get(id) !== panel;
    this.close(id);
    if (opens) this.#open.set(id, panel);
    if (opens && panel === 'sound') void this.#loadDevices();
  }

  /** Closes what is open. */
  close(id: string): void {
    this.#open.delete(id);
    this.#keys.delete(id);
    this.#host.requestUpdate();
  }

  /** Forgets calls that are shown no more. */
  keep(ids: readonly string[]): void {
    for (const id of [...this.#open.keys(), ...this.#keys.keys()]) {
      if (ids.includes(id)) continue;
      this.#open.delete(id);
      this.#keys.delete(id);
    }
  }

  /** Uses a device for every call. */
  useDevice(kind: 'microphone' | 'speaker', deviceId: string): void {
    const sound = this.#host.activeService?.calls.sound;
    if (!sound) return;
    void this.#commands
      .run('device', () => (kind === 'microphone' ? sound.useMicrophone(deviceId) : sound.useSpeaker(deviceId)))
      .then(() => this.#loadDevices());
  }

  /** Sends a tone. */
  press(id: string, key: string): void {
    const service = this.#host.activeService;
    if (!service) return;
    this.#keys.set(id, this.pressed(id) + 1);
    this.#host.requestUpdate();
    // Each key by itself: a name of its own, so that fast typing loses none.
    void this.#commands.run(this.lastKey(id), () => service.calls.dtmf(id, key));
  }

  /** A key of the keyboard: Escape closes what is open, and with the keypad open its keys are pressed. */
  key(id: string, event: KeyboardEvent): void {
    const open = this.#open.get(id);
    if (!open || event.defaultPrevented) return;
    const key = open === 'keypad' ? keyOf(event) : undefined;
    if (key) this.press(id, key);
    else if (event.key === 'Escape') this.close(id);
    else return;
    event.preventDefault();
  }

  async #loadDevices(): Promise<void> {
    this.#devices = undefined;
    this.#host.requestUpdate();
    this.#devices = await this.#host.activeService?.calls.sound.devices();
    this.#host.requestUpdate();
  }
}
