import type * as z from "zod";

/** A type with nothing optional in it, so that a member that only one of two types has makes them different. */
type Whole<Type> = Type extends readonly (infer Item)[]
  ? Whole<Item>[]
  : Type extends object
    ? { [Name in keyof Type]-?: Whole<Type[Name]> }
    : Type;

type Same<A, B> = [A, Whole<A>, B, Whole<B>] extends [B, Whole<B>, A, Whole<A>] ? unknown : never;

/** Takes a schema of exactly this type: the compiler refuses one that lets through more, or less, than the type has. */
export const describes =
  <Type>() =>
  <Schema extends z.ZodType<Type>>(schema: Schema & Same<Type, z.output<Schema>>): Schema =>
    schema;
