import { expect } from '@open-wc/testing';
import { Pace } from '../../../src/components/internal/pace.js';
import { SampleElement } from './sample-element.js';

describe('pace', () => {
  it('lets what a person does be drawn at once', () => {
    const pace = new Pace();
    for (let at = 0; at < 10_000; at += 200) {
      expect(pace.rest(at)).to.equal(0);
      pace.drawn(at, at + 30);
    }
  });

  it('keeps a flood to a quarter of the time', () => {
    const pace = new Pace();
    let now = 0;
    let drawn = 0;
    while (now < 10_000) {
      now += pace.rest(now);
      pace.drawn(now, now + 10);
      now += 10;
      drawn += 10;
    }
    expect(drawn).to.be.within(2400, 2700);
  });

  it('never rests longer than a twentieth of a second, even after a drawing that took ages', () => {
    const pace = new Pace();
    pace.drawn(0, 5000);
    expect(pace.rest(5000)).to.equal(50);
    expect(pace.rest(5050)).to.equal(0);
  });

  it('draws the last state, and `updateComplete` waits for it', async () => {
    const element = new SampleElement();
    document.body.append(element);
    const busyUntil = (end: number): void => {
      while (performance.now() < end);
    };
    const { performUpdate } = element as unknown as { performUpdate: () => void };
    let draws = 0;
    Object.assign(element, {
      performUpdate() {
        draws += 1;
        busyUntil(performance.now() + 60);
        performUpdate.call(element);
      },
    });
    for (let count = 0; count < 5; count += 1) {
      element.requestUpdate();
      await Promise.resolve();
      await Promise.resolve();
    }
    await element.updateComplete;
    expect(draws).to.be.within(1, 3);
    expect(element.isUpdatePending).to.be.false;
    element.remove();
  });
});
