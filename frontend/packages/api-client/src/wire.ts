import { z } from './schema';

/** Exact decimals travel as JSON numbers or, where digits matter, as strings; for display a number is enough. */
export const decimal = z.pipe(z.union([z.number(), z.string()]), z.transform(Number));
