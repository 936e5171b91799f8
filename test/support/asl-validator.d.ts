declare module "asl-validator" {
  /** Checks a state machine definition; writes into it. */
  export default function aslValidator(definition: object): { isValid: boolean };
}
