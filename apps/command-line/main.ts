#!/usr/bin/env node
import { BadArguments, didYouMean } from '../../libs/arguments/index.ts';
import { sentenceFor } from '../../libs/running-ledger/index.ts';
import { COMMANDS, HELP } from './commands.ts';
import { EXIT, statusFor } from './exit-codes.ts';
import { processTerminal } from './terminal.ts';

const [asked, ...args] = process.argv.slice(2);
try {
  process.exitCode = await run();
} catch (cause) {
  const sentence = cause instanceof BadArguments ? `${cause.message} --help says more.` : sentenceFor(cause);
  const words = sentence ?? (cause as Error).stack ?? String(cause);
  process.exitCode = processTerminal.complain(`${words}\n`, statusFor(cause));
}

async function run(): Promise<number> {
  if (asked === undefined || asked === '--help' || asked === '-h') return processTerminal.say(HELP, EXIT.DONE);
  const command = COMMANDS.find(({ name }) => name === asked);
  if (command !== undefined) return command.run(args, process.env, processTerminal);
  const names = COMMANDS.map(({ name }) => name);
  return processTerminal.complain(`There is no command "${asked}".${didYouMean(asked, names)}\n\n${HELP}`, EXIT.USAGE);
}
