// Made by `deno task page` from lib/page/; change it there.
export function parsePicture(message) {
const header = new DataView(message);
const position = header.getFloat64(4);
return {
number: header.getUint32(0),
positionSeconds: Number.isNaN(position) ? null : position,
jpeg: new Uint8Array(message, 12)
};
}
