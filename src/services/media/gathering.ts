/**
 * Waits for the addresses of a description, because all of them go out with it (docs/decisions/031-no-trickle.md).
 *
 * The browser's own word is not enough: right after a description that restarts ICE it still says `complete`, of the addresses before, and the
 * description has none (W3C WebRTC, 4.4.1.5: gathering begins behind it). So what was gathered is known by the name of its credentials.
 */
import type { Environment } from '../environment.js';

/** Milliseconds that addresses are gathered for at most before the description goes out with those that are there (RFC 8445, 5.1). */
const LIMIT = 2000;

/** The credentials' name, new with each restart of ICE (RFC 8839, 5.4). */
const nameIn = (sdp: string): string => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '';

/** The addresses of one connection. */
export class Gathering {
  readonly #connection: RTCPeerConnection;
  readonly #environment: Environment;
  /** The name that the addresses were last gathered for. */
  #name = '';

  constructor(connection: RTCPeerConnection, environment: Environment) {
    this.#connection = connection;
    this.#environment = environment;
  }

  /** The own description with its addresses; with those that are there once `LIMIT` is over. Call it at once after `setLocalDescription`. */
  async description(): Promise<string> {
    if (!this.#isComplete()) await this.#completion();
    if (this.#connection.iceGatheringState === 'complete') this.#name = nameIn(this.#sdp);
    return this.#sdp;
  }

  get #sdp(): string {
    return this.#connection.localDescription?.sdp ?? '';
  }

  #isComplete(): boolean {
    const sdp = this.#sdp;
    return this.#connection.iceGatheringState === 'complete' && (nameIn(sdp) === this.#name || /^a=candidate:/m.test(sdp));
  }

  #completion(): Promise<void> {
    const connection = this.#connection;
    return new Promise<void>((resolve) => {
      const done = (): void => {
        connection.onicegatheringstatechange = null;
        this.#environment.clearTimeout(timer);
        resolve();
      };
      const timer = this.#environment.setTimeout(done, LIMIT);
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === 'complete') done();
      };
    });
  }
}
