import { request } from './http';
import { z } from './schema';

/** A text file of a lesson (captions). Its address is signed, so no token goes along. */
export function getText(url: string): Promise<string> {
  return request(z.string(), { url, anonymous: true, responseType: 'text', headers: { Accept: 'text/*' } });
}
