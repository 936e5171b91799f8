import type * as z from "zod";

/** A type with nothing optional in it, so that a member that only one of two types has makes them different. */
type DeepRequired<Type> = Type extends readonly (infer Item)[]
  ? DeepRequired<Item>[]
  : Type extends object
    ? { [Name in keyof Type]-?: DeepRequired<Type[Name]> }
    : Type;

/** `unknown` where two types are the same, member by member, and `never` where they are not. */
export type Same<A, B> = [A, DeepRequired<A>, B, DeepRequired<B>] extends [B, DeepRequired<B>, A, DeepRequired<A>]
  ? unknown
  : never;

/** Takes a schema of exactly this type: the compiler refuses one that lets through more, or less, than the type has. */
export const schemaOf =
  <Type>() =>
  <Schema extends z.ZodType<Type>>(schema: Schema & Same<Type, z.output<Schema>>): Schema =>
    schema;
