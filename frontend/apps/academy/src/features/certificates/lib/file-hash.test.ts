import { describe, expect, it } from 'vitest';
import { sameHash, sha256Hex } from './file-hash';
import { isValid } from './status';

describe('file hash', () => {
  it('is the SHA-256 that the server prints', async () => {
    // jsdom's Blob has no arrayBuffer(); browsers do.
    const file = { arrayBuffer: () => Promise.resolve(new TextEncoder().encode('abc').buffer) } as unknown as Blob;
    const hash = await sha256Hex(file);
    expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sameHash(hash.toUpperCase(), ` ${hash} `)).toBe(true);
  });
});

describe('status', () => {
  it('knows which certificates count', () => {
    expect(isValid('issued')).toBe(true);
    expect(isValid('revoked')).toBe(false);
  });
});
