import http from 'node:http';

/** A page as a browser asks for it. (fetch() says that it is a script, and scripts get no pages.) */
export function openPage(url: string): Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode!, text: Buffer.concat(parts).toString(), headers: response.headers }));
    });
    request.on('error', reject);
  });
}
