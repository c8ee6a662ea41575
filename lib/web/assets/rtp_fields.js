// Made by `deno task page` from lib/page/; change it there.
export function rtpFields(hex) {
const bytes = hex.split(/\s+/).filter((text)=>text !== "").map((text)=>parseInt(text, 16));
if (bytes.length < 12) return [];
const view = new DataView(Uint8Array.from(bytes).buffer);
const [first, second] = [
view.getUint8(0),
view.getUint8(1)
];
const ssrc = view.getUint32(8).toString(16).padStart(8, "0");
return [
{
name: "V",
bits: 2,
value: String(first >> 6)
},
{
name: "P",
bits: 1,
value: String(first >> 5 & 1)
},
{
name: "X",
bits: 1,
value: String(first >> 4 & 1)
},
{
name: "CC",
bits: 4,
value: String(first & 15)
},
{
name: "M",
bits: 1,
value: String(second >> 7)
},
{
name: "PT",
bits: 7,
value: String(second & 127)
},
{
name: "Sequence number",
bits: 16,
value: String(view.getUint16(2))
},
{
name: "Timestamp",
bits: 32,
value: String(view.getUint32(4))
},
{
name: "SSRC",
bits: 32,
value: `0x${ssrc}`
}
];
}
