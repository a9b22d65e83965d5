/** A fragment that only the callback page should see; whichever page got it sends it there. */
export function isArrival(hash: string): boolean {
  return /^#(access_token|error|error_code|message)=/.test(hash);
}
