import { Argument } from 'commander';
import type { Command } from 'commander';
import { PUBLISHED_SCHEMAS } from '../../input/schema/published-schemas';
import type { SchemaName } from '../../input/schema/published-schemas';
import { createReport } from '../command-report';
import { JSON_FLAG } from '../command-shell';
import type { CommandShell, OutputOptions } from '../command-shell';

/** Adds `schema`: the JSON Schemas of what goes in and what comes out. */
export function addSchemaCommand(program: Command, shell: CommandShell): void {
  const names = Object.keys(PUBLISHED_SCHEMAS);
  program
    .command('schema')
    .description('print the JSON Schema of the request, of schedules, or of what comes back')
    .addArgument(new Argument('[name]', 'which one').choices(names).default('request'))
    .option(...JSON_FLAG)
    .action((name: SchemaName, options: OutputOptions) => {
      const { schema } = PUBLISHED_SCHEMAS[name];
      const data = typeof schema === 'object' ? schema : {};
      shell.finish(createReport(data, [JSON.stringify(schema, null, 2)]), options);
    });
}
