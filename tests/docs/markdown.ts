/** The commands in a page's `sh` fences: comments taken off, lines that end in `\` joined. */
export function fencedCommands(markdown: string): string[] {
  const fences = markdown.matchAll(/^```sh\n(.*?)^```$/gms);
  return Array.from(fences, ([, block = ""]) => block.replaceAll(/\\\n\s*/g, "").split("\n"))
    .flat()
    .map((line) => line.replace(/\s+# .*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** The words of a command, as a shell parts them at spaces and double quotes. */
export function shellWords(command: string): string[] {
  return Array.from(
    command.matchAll(/"([^"]*)"|(\S+)/g),
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
}

/** The pages and files that a page links to, without those on the web. */
export function localLinks(markdown: string): string[] {
  const targets = Array.from(markdown.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  return targets.filter((target) => !/^(?:https?:|#)/.test(target)).map((target) =>
    target.replace(/#.*$/, "")
  );
}

/** Long options of our own programs that a page names: as code by themselves, or in our commands. */
export function optionsNamed(markdown: string): string[] {
  const alone = Array.from(markdown.matchAll(/`(--[a-z][a-z0-9-]*)/g), ([, name = ""]) => name);
  const ours = /^(?:deno task (?:serve|play)|(?:dist\/)?zoetrope-(?:server|client)) /;
  const inCommands = fencedCommands(markdown).filter((command) => ours.test(command)).flatMap(
    (command) => shellWords(command).filter((word) => word.startsWith("--")),
  );
  return [...new Set([...alone, ...inCommands])];
}
