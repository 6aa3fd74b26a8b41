/** Digest answers, with the examples of the RFCs. */
import { expect } from '@open-wc/testing';
import {
  algorithmsFor,
  computeHa1,
  decodeChallenge,
  digestResponse,
  encodeAuthorization,
  NonceCounter,
  strongestChallenge,
  type DigestChallenge,
  type DigestInput,
} from '../../../../src/services/protocol/codecs/digest.js';
import { md5, sha256 } from '../../../../src/services/protocol/codecs/hashes.js';

/** RFC 7616, 3.9.1. */
const challenge = (algorithm: string): DigestChallenge => {
  const read = decodeChallenge(
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
  );
  if (!read) throw new Error('challenge');
  return read;
};
const input = (algorithm: string, more: Partial<DigestInput> = {}): DigestInput => ({
  challenge: challenge(algorithm),
  username: 'Mufasa',
  secret: { password: 'Circle of Life' },
  request: { method: 'GET', uri: '/dir/index.html' },
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  nonceCount: 1,
  ...more,
});

describe('hashes', () => {
  it('are those of the standards', () => {
    expect(md5('')).to.equal('d41d8cd98f00b204e9800998ecf8427e');
    expect(md5('abcdefghijklmnopqrstuvwxyz')).to.equal('c3fcd3d76192e4007dfb496cca67e13b');
    expect(sha256('')).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('a'.repeat(1_000))).to.equal('41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3');
  });

  it('agree with the platform for every length around a block', async () => {
    for (let length = 0; length < 140; length++) {
      const text = 'é'.repeat(length);
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      expect(sha256(text)).to.equal(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
  });
});

describe('digest', () => {
  it('answers the examples of RFC 7616, 3.9.1', () => {
    expect(digestResponse(input('MD5'))).to.equal('8ca523f5e9506fed4657c9700eebdbec');
    expect(digestResponse(input('SHA-256'))).to.equal('753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
  });

  it('answers as RFC 2069 where no qop is asked for, and with auth-int where only that is', () => {
    const old = decodeChallenge('Digest realm="r", nonce="n"');
    const covered = decodeChallenge('Digest realm="r", nonce="n", qop="auth-int"');
    if (!old || !covered) throw new Error('challenge');
    const secret = { password: 'p' };
    expect(digestResponse(input('MD5', { challenge: old, secret }))).to.equal(md5(`${md5('Mufasa:r:p')}:n:${md5('GET:/dir/index.html')}`));
    const request = { method: 'PUBLISH', uri: 'sip:a@b', body: 'x' };
    const ha2 = md5(`PUBLISH:sip:a@b:${md5('x')}`);
    expect(digestResponse(input('MD5', { challenge: covered, secret, request, cnonce: 'c', nonceCount: 255 }))).to.equal(
      md5(`${md5('Mufasa:r:p')}:n:000000ff:c:auth-int:${ha2}`),
    );
  });

  it('gives the same answer from HA1, and from a session', () => {
    const ha1 = computeHa1('SHA-256', 'Mufasa', 'http-auth@example.org', 'Circle of Life');
    expect(digestResponse(input('SHA-256', { secret: { ha1: ha1.toUpperCase() } }))).to.equal(digestResponse(input('SHA-256')));
    expect(digestResponse(input('SHA-256-sess'))).not.to.equal(digestResponse(input('SHA-256')));
    expect(encodeAuthorization(input('SHA-256-sess'))).to.contain('algorithm=SHA-256-sess');
  });

  it('writes the header', () => {
    const value = encodeAuthorization(input('SHA-256', { username: 'a"b\r\nVia: x' }));
    expect(value).to.match(
      /^Digest username="a\\"b Via: x", realm="http-auth@example\.org", nonce="7ypf[^"]+", uri="\/dir\/index\.html", response="[0-9a-f]{64}", algorithm=SHA-256, opaque="[^"]+", cnonce="[^"]+", qop=auth, nc=00000001$/,
    );
    expect(value).not.to.contain('Circle');
  });

  it('reads challenges', () => {
    expect(decodeChallenge('Digest realm="r", nonce="n", stale=TRUE, qop=""')).to.deep.equal({
      realm: 'r',
      nonce: 'n',
      algorithm: 'MD5',
      session: false,
      stale: true,
    });
    for (const wrong of [
      '',
      'Basic realm="r"',
      'Digest realm="r"',
      'Digest nonce="n"',
      'Digest realm="r", nonce="n", algorithm=SHA3',
      'Digest realm="r", nonce="n", qop="other"',
      'Digest realm="r, nonce="n"',
    ]) {
      expect(decodeChallenge(wrong), wrong).to.equal(undefined);
    }
  });

  it('chooses the strongest that the secret can answer', () => {
    const values = [
      'Digest realm="r", nonce="n", algorithm=SHA-512-256',
      'Digest realm="r", nonce="n", algorithm=MD5',
      'Digest realm="r", nonce="n", algorithm=SHA-256',
    ];
    expect(strongestChallenge(values)).to.equal(2);
    expect(strongestChallenge(values, algorithmsFor({ ha1: 'a'.repeat(32) }))).to.equal(1);
    expect(strongestChallenge(values, algorithmsFor({ ha1: 'x'.repeat(32) }))).to.equal(-1);
    expect(strongestChallenge([])).to.equal(-1);
    expect(algorithmsFor({ password: '' })).to.deep.equal(['SHA-256', 'MD5']);
  });

  it('counts the uses of each nonce', () => {
    const counter = new NonceCounter();
    expect([counter.next('a'), counter.next('a'), counter.next('b'), counter.next('a')]).to.deep.equal([1, 2, 1, 3]);
    for (let index = 0; index < 16; index++) counter.next(`n${index}`);
    expect(counter.next('a')).to.equal(1);
  });
});
