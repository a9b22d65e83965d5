import { createHmac } from 'node:crypto';

const STEP_S = 30;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text: string): Buffer {
  const bits = [...text.replaceAll(/[\s=]/g, '')].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}

/** What an authenticator app shows (RFC 6238: SHA-1, six digits); `steps` ago or ahead. */
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + steps));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = mac[19]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Waits until a code has some seconds to live, so that it does not change on its way to the server. */
export async function freshStep(secondsLeft = 10): Promise<void> {
  const left = STEP_S - ((Date.now() / 1000) % STEP_S);
  if (left < secondsLeft) await new Promise((resolve) => setTimeout(resolve, (left + 0.2) * 1000));
}
