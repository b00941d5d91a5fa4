/** The options of the command line; null, with what is wrong and the usage told and the status set, where they cannot be used. */
export function readOptions<Options>(parse: (args: string[]) => Options, usage: string): Options | null {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    process.exitCode = 2;
    return null;
  }
}
