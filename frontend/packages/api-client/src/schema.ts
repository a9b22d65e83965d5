import * as z from 'zod/mini';

// Zod's compiled parsers use `new Function`, which our CSP forbids.
z.config({ jitless: true });

/** Zod's small build: a third of the bytes on every first visit. Methods are functions: `z.optional(x)`, `x.check(z.minLength(1))`. */
export { z };

export type Schema = z.core.$ZodType;

/** A member the server may send as null or leave out; always null inside. */
export const nullable = <S extends Schema>(schema: S) =>
  z.pipe(z.nullish(schema), z.transform((value: z.output<S> | null | undefined) => value ?? null));

/** A list the server leaves out when it is empty. */
export const listOf = <S extends Schema>(item: S) =>
  z.pipe(z.nullish(z.array(item)), z.transform((items: z.output<S>[] | null | undefined) => items ?? []));

export const list = <S extends Schema>(item: S) => z.object({ items: z.array(item) });

export const page = <S extends Schema>(item: S) =>
  z.object({ items: z.array(item), next_cursor: nullable(z.string()) });

export const Time = z.string();
export const Id = z.string();
