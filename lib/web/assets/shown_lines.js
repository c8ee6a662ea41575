// Made by `deno task page` from lib/page/; change it there.
export function shownLines(lines, filter, search) {
const wanted = search.trim().toLowerCase();
return lines.filter(({ level, message, peer, session })=>{
if (filter !== "all" && level !== "error" && (filter === "errors" || level !== "warning")) {
return false;
}
return wanted === "" || `${message} ${peer} ${session}`.toLowerCase().includes(wanted);
});
}
