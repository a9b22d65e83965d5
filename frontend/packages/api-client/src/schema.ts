import { config, z } from 'zod';

// Zod's compiled parsers use `new Function`, which our CSP forbids.
config({ jitless: true });

export { z };

/** A member the server may send as null or leave out; always null inside. */
export const nullable = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? null);

export const list = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) });

export const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next_cursor: nullable(z.string()) });

export const Time = z.string();
export const Id = z.string();
