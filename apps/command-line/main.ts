#!/usr/bin/env node
import { didYouMean } from '../../libs/arguments/index.ts';
import { COMMANDS, HELP } from './commands.ts';
import { EXIT, endingPlainly } from './exit-codes.ts';
import { processTerminal } from './terminal.ts';

const [asked, ...args] = process.argv.slice(2);
process.exitCode = await endingPlainly(run, processTerminal);

async function run(): Promise<number> {
  if (asked === undefined || asked === '--help' || asked === '-h') return processTerminal.say(HELP, EXIT.DONE);
  const command = COMMANDS.find(({ name }) => name === asked);
  if (command !== undefined) return command.run(args, process.env, processTerminal);
  const names = COMMANDS.map(({ name }) => name);
  return processTerminal.complain(`There is no command "${asked}".${didYouMean(asked, names)}\n\n${HELP}`, EXIT.USAGE);
}
