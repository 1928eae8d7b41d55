import { Option } from 'commander';
import type { Command } from 'commander';
import { findNearestWord } from '../domain/nearest-word';
import { formatLocatedProblem } from '../input/located-problem';
import { findVariableProblem, readVariablesFile } from '../input/read-variables';
import type { Source } from '../input/source';
import { Variables } from '../input/variables';
import type { CliFailure } from './command-report';
import { quoteWord } from './quote-word';

/** What the flags of every command say that takes request files. */
export interface InputOptions {
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
  readonly batchId?: string;
  readonly tenant?: string;
  readonly csv?: boolean;
}

/** The variables of a command line, or what is wrong with them. */
export type ReadFlags =
  | { readonly ok: true; readonly variables: Variables; readonly named: readonly string[] }
  | { readonly ok: false; readonly failure: CliFailure };

/** Text of the argument of request files, the same everywhere. */
export const FILES_ARGUMENT = [
  '<file...>',
  'YAML, JSON or CSV; several make one request; - reads stdin',
] as const;

/** Adds the flags that say how request files are read, and what they do not say. */
export function addInputFlags(command: Command): Command {
  const gather = (value: string, earlier: readonly string[] = []) => [...earlier, value];
  return command
    .addOption(
      new Option('--var <name=value>', 'fills in ${name}; may be repeated').argParser(gather),
    )
    .addOption(
      new Option('--var-file <file>', 'names and values, YAML or JSON; --var wins').argParser(
        gather,
      ),
    )
    .option('--batch-id <id>', 'the batch id, for files without one')
    .option('--tenant <name>', 'the tenant, for files without one')
    .option('--csv', 'stdin is CSV, as a file whose name ends with .csv');
}

/**
 * Reads the variables that the flags name; the later one of two wins, and `--var` over files.
 *
 * @returns `usage` for a flag that makes no sense, `no-such-file` and `invalid-input` for a file
 */
export async function readVariableFlags(options: InputOptions): Promise<ReadFlags> {
  const values = new Map<string, string>();
  for (const file of options.varFile ?? []) {
    const read = await readVariablesFile(file);
    if (!read.ok) return { ok: false, failure: toFileFailure(file, read) };
    for (const [name, value] of read.values) values.set(name, value);
  }
  const named: string[] = [];
  for (const text of options.var ?? []) {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const value = text.slice(at + 1);
    if (at === -1) return createUsage(`--var ${text} has no value; write --var ${text}=value.`);
    const problem = findVariableProblem(name, value);
    if (problem !== null) return createUsage(problem.message);
    values.set(name, value);
    named.push(name);
  }
  return { ok: true, variables: new Variables(values), named };
}

/** A variable of the command line that no file uses is a slip; a file of values may serve many requests. */
export function findUnusedVariable(
  { used }: Variables,
  named: readonly string[],
): CliFailure | undefined {
  const unused = named.find((name) => !used.has(name));
  if (unused === undefined) return undefined;
  const nearest = findNearestWord(
    unused,
    [...used].filter((name) => name !== unused),
  );
  const hint = nearest === null ? 'leave it out.' : `did you mean ${nearest}?`;
  return { code: 'usage', message: `--var ${unused}: no file has \${${unused}}; ${hint}` };
}

/** What `--batch-id` and `--tenant` say, as one more source. */
export function toBesideSource({ batchId, tenant }: InputOptions): Source | undefined {
  if (batchId === undefined && tenant === undefined) return undefined;
  const value = {
    ...(batchId === undefined ? {} : { batchId }),
    ...(tenant === undefined ? {} : { tenant }),
  };
  const toFlag = (key: unknown) => (key === 'tenant' ? '--tenant' : '--batch-id');
  return {
    fileName: 'command line',
    value,
    locate: (problem) => ({ ...problem, fileName: toFlag(problem.path[0]), line: 0, column: 0 }),
  };
}

/** The files and flags as somebody types them again. */
export function formatInputArguments(files: readonly string[], options: InputOptions): string {
  const flags = [
    ...(options.varFile ?? []).flatMap((file) => ['--var-file', file]),
    ...(options.var ?? []).flatMap((text) => ['--var', text]),
    ...(options.batchId === undefined ? [] : ['--batch-id', options.batchId]),
    ...(options.tenant === undefined ? [] : ['--tenant', options.tenant]),
    ...(options.csv === true ? ['--csv'] : []),
  ];
  return [...files, ...flags].map(quoteWord).join(' ');
}

function createUsage(message: string): { readonly ok: false; readonly failure: CliFailure } {
  return { ok: false, failure: { code: 'usage', message } };
}

function toFileFailure(
  file: string,
  { reason, problems }: Extract<Awaited<ReturnType<typeof readVariablesFile>>, { ok: false }>,
): CliFailure {
  const lines = problems.map((problem) => formatLocatedProblem(problem));
  if (reason === 'unreadable') return { code: 'no-such-file', message: lines.join(' ') };
  const message = `The variables of ${file} cannot be read, so nothing was sent.`;
  return { code: 'invalid-input', message, lines, data: { problems } };
}
