/** The sound of a page under test, by what its peer connections count. */
import type { Frame, Page } from 'puppeteer-core';
import { until } from './desk.js';

/** What came in so far: packets (RTP), and their energy (RMS² × seconds). */
interface Heard {
  readonly packets: number;
  readonly energy: number;
}

/** Runs in the page. */
type Scope = typeof globalThis & { connections: RTCPeerConnection[] };

/** Keeps the page's peer connections, before its own scripts run. */
export async function watchSound(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const scope = globalThis as Scope;
    scope.connections = [];
    scope.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        scope.connections.push(this);
      }
    };
  });
}

/** See the head of the file. */
export class Sound {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  /** Waits until packets with something in them arrive. @throws Error where none do */
  async flows(): Promise<void> {
    const before = await this.#heard();
    let now = before;
    const isFlowing = await until(async () => {
      now = await this.#heard();
      return now.packets - before.packets > 20 && now.energy - before.energy > 1e-5;
    });
    if (!isFlowing) throw new Error(`No sound arrives: ${JSON.stringify({ before, now })}`);
  }

  /** The browser refuses to play the next sound unasked. Said by the test: Chromium itself lets a page play that uses the microphone. */
  block(): Promise<void> {
    return this.#frame.evaluate(() => {
      const { play } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.play = function () {
        HTMLMediaElement.prototype.play = play;
        return Promise.reject(new DOMException('The page may not play yet.', 'NotAllowedError'));
      };
    });
  }

  #heard(): Promise<Heard> {
    return this.#frame.evaluate(async () => {
      const heard = { packets: 0, energy: 0 };
      for (const connection of (globalThis as Scope).connections) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
          if (report['type'] !== 'inbound-rtp') continue;
          heard.packets += Number(report['packetsReceived'] ?? 0);
          heard.energy += Number(report['totalAudioEnergy'] ?? 0);
        }
      }
      return heard;
    });
  }
}
