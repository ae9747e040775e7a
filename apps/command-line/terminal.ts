/** Where a command speaks to: standard output and error, or a test. */
export interface Terminal {
  /** Writes to standard output and gives the exit status back. */
  say(text: string, status: number): number;
  /** Writes to standard error and gives the exit status back. */
  complain(text: string, status: number): number;
  /** Overwrites the line at the end of standard error, where a person watches; otherwise does nothing. */
  show(line: string): void;
}

export const processTerminal: Terminal = {
  say(text, status) {
    process.stdout.write(text);
    return status;
  },
  complain(text, status) {
    this.show('');
    process.stderr.write(text);
    return status;
  },
  show(line) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  },
};
