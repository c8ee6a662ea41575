// Made by `deno task page` from lib/page/; change it there.
export function plotColumns(samples, { spanSeconds, gapSeconds }) {
const newest = samples.at(-1)?.atSeconds ?? 0;
const columns = [
[],
[]
];
const [places, values] = columns;
for (const { atSeconds, value } of samples){
const place = atSeconds - newest;
if (place < -spanSeconds) continue;
const before = places.at(-1);
if (before !== undefined && place - before > gapSeconds) {
places.push((before + place) / 2);
values.push(null);
}
places.push(place);
values.push(value);
}
return columns;
}
