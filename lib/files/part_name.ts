/** A hidden name beside a path, of this process. */
export function partName(path: string): string {
  const [, folder = "", name = ""] = /^(.*[/\\])?([^/\\]*)$/s.exec(path.replace(/[/\\]+$/, "")) ??
    [];
  return `${folder}.${name}.${Deno.pid}.part`;
}
