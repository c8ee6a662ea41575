// Made by `deno task page` from lib/page/; change it there.
export const FAULT_FIELDS = [
{
name: "loss",
label: "Loss",
unit: "%",
most: 100,
usual: "0"
},
{
name: "delay",
label: "Delay",
unit: "ms",
most: 60_000,
usual: "0"
},
{
name: "jitter",
label: "Jitter",
unit: "ms",
most: 60_000,
usual: "0"
},
{
name: "reorder",
label: "Reordering",
unit: "%",
most: 100,
usual: "0"
},
{
name: "duplicate",
label: "Duplication",
unit: "%",
most: 100,
usual: "0"
},
{
name: "seed",
label: "Seed",
unit: "",
most: 2 ** 32 - 1,
usual: "1"
}
];
export function faultProblem({ label, unit, most }, value) {
const isNumber = (unit === "" ? /^\d+$/ : /^\d+(\.\d+)?$/).test(value);
if (isNumber && Number(value) <= most) return "";
const what = unit === "" ? "an integer" : "a number";
return `${label} is ${what} from 0 to ${most}${unit && `, in ${unit}`}.`;
}
export function impairmentText(valueOf) {
const given = FAULT_FIELDS.filter(({ name, unit })=>unit !== "" && Number(valueOf(name)) > 0);
if (given.length === 0) return "";
const parts = given.map(({ name, unit })=>`${name}=${valueOf(name)}${unit}`);
return [
...parts,
`seed=${valueOf("seed")}`
].join(",");
}
export function impairmentValues(text) {
const given = new Map(text.split(",").map((part)=>{
const [name = "", value = ""] = part.split("=");
return [
name,
value.replace(/[^\d.]/g, "")
];
}));
return new Map(FAULT_FIELDS.map(({ name, usual })=>[
name,
given.get(name) || usual
]));
}
