import { z } from 'zod';

/** The server leaves an absent value out or writes null; inside the application it is always null. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}

/** Exact decimals travel as JSON numbers or, where precision could be lost, as strings; for display a number is enough. */
export const decimal = z.union([z.number(), z.string()]).transform(Number);
