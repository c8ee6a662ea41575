import { findProgram } from "./find_program.ts";
import { ROOT } from "./programs.ts";

/**
 * Runs a program on a pseudo-terminal of so many columns, which become fewer in mid-run, and prints what
 * the terminal got.
 */
const SCRIPT = `
import fcntl, os, pty, signal, struct, sys, termios, time
columns, fewer, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
def resize(count):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, count, 0, 0))
resize(columns)
shown = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if fewer and shown.count(b"fps") >= 3:
        shown += b"<resized>"
        resize(fewer)
        fewer = 0
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** What a program left on its terminal. */
export interface OnTerminal {
  readonly code: number;
  readonly shown: string;
}

/** Whether there is what it takes: Python, on a system with pseudo-terminals. */
export async function hasPseudoTerminal(): Promise<boolean> {
  return Deno.build.os !== "windows" && await findProgram("python3");
}

/**
 * Runs a command with all its streams on a pseudo-terminal.
 *
 * @param columns Of the terminal.
 * @param fewer To how many it is resized once three status lines were shown.
 */
export async function onTerminal(
  command: readonly string[],
  columns: number,
  fewer: number,
): Promise<OnTerminal> {
  const args = ["-c", SCRIPT, String(columns), String(fewer), ...command];
  const options = { args, cwd: ROOT, env: { TERM: "xterm", NO_COLOR: "1" } };
  const { code, stdout, stderr } = await new Deno.Command("python3", options).output();
  if (stderr.length > 0) throw new Error(new TextDecoder().decode(stderr));
  // While it loads a program from its source, Deno itself clears lines of its own.
  return { code, shown: new TextDecoder().decode(stdout).replaceAll("\x1b[0G\x1b[2K\x1b[J", "") };
}
