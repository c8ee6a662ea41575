// Made by `deno task page` from lib/page/; change it there.
export function hexDump(bytes, width) {
const lines = [];
for(let offset = 0; offset < bytes.length; offset += width){
const part = Array.from(bytes.subarray(offset, offset + width));
const digits = part.map((byte)=>byte.toString(16).padStart(2, "0")).join(" ");
const text = part.map((byte)=>byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : ".");
const place = offset.toString(16).padStart(4, "0");
lines.push(`${place}  ${digits.padEnd(width * 3 - 1)}  ${text.join("")}`);
}
return lines.join("\n");
}
