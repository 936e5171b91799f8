/** The time, so that tests can give it. */
export interface Clock {
  now(): Date;
}
