// Made by `deno task page` from lib/page/; change it there.
export function keyedChanges(before, after) {
const wanted = new Set(after);
const changes = before.filter((key)=>!wanted.has(key)).map((key)=>({
kind: "remove",
key
}));
const rest = before.filter((key)=>wanted.has(key));
const placed = new Set();
let next = 0;
for (const key of after){
while(placed.has(rest[next] ?? "") && next < rest.length)next++;
const follower = rest[next];
if (follower === key) {
next++;
continue;
}
placed.add(key);
changes.push({
kind: "place",
key,
...follower === undefined ? {} : {
before: follower
}
});
}
return changes;
}
