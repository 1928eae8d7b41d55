/** What the help of a command says beyond its flags. */
export interface CommandGuide {
  /** Command lines without the program's name, each with what it is for. At least one. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Whether it can be done over the HTTP API, too. */
  readonly isOverApi?: true;
  /** Exit codes that mean something of their own here. */
  readonly exits?: string;
}
