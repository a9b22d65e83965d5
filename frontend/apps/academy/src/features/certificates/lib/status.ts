const VALID = new Set(['issued', 'valid', 'active']);

export function isValid(status: string): boolean {
  return VALID.has(status);
}
