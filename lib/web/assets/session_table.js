// Made by `deno task page` from lib/page/; change it there.
import { byId, make, setText } from "./elements.js";
import { KeyedList } from "./keyed_list.js";
import { SESSION_COLUMNS, sessionCells } from "./session_cells.js";
const MOST_ROWS = 200;
export class SessionTable {
#note = byId("session-note", HTMLElement);
#table = byId("session-table", HTMLElement);
#dialog = byId("end-dialog", HTMLDialogElement);
#question = byId("end-question", HTMLElement);
#end;
#list;
#asked;
constructor(end){
this.#end = end;
const columns = [
...SESSION_COLUMNS
].map((text)=>make("th", {
text,
attributes: {
scope: "col"
}
}));
const hidden = make("span", {
class: "visually-hidden",
text: "Action"
});
byId("session-columns", HTMLElement).append(...columns, make("th", {
children: [
hidden
]
}));
this.#list = new KeyedList(byId("sessions", HTMLElement), {
key: ({ id })=>id,
create: (session)=>this.#row(session),
update: (row, session)=>updateRow(row, session)
});
this.#dialog.addEventListener("close", ()=>{
if (this.#dialog.returnValue === "end" && this.#asked !== undefined) this.#end(this.#asked);
this.#asked = undefined;
});
byId("end-yes", HTMLButtonElement).addEventListener("click", ()=>this.#dialog.close("end"));
byId("end-no", HTMLButtonElement).addEventListener("click", ()=>this.#dialog.close(""));
}
show(sessions) {
this.#list.show(sessions.slice(0, MOST_ROWS));
this.#table.hidden = sessions.length === 0;
const more = sessions.length - MOST_ROWS;
const note = sessions.length === 0 ? "Nobody is watching now." : more > 0 ? `and ${more} more` : "";
setText(this.#note, note);
}
#row(session) {
const { id, peer, movie } = session;
const cells = SESSION_COLUMNS.map((column, index)=>index === 0 ? make("th", {
attributes: {
scope: "row"
}
}) : make("td", {
attributes: {
"data-column": column
}
}));
const hidden = make("span", {
class: "visually-hidden",
text: ` the session of ${peer}`
});
const button = make("button", {
class: "small danger",
attributes: {
type: "button"
},
onClick: ()=>{
this.#asked = id;
setText(this.#question, `End the session of ${peer}, who watches ${movie}?`);
this.#dialog.returnValue = "";
this.#dialog.showModal();
}
});
button.append("End", hidden);
return make("tr", {
children: [
...cells,
make("td", {
children: [
button
]
})
]
});
}
}
function updateRow(row, session) {
const cells = sessionCells(session);
SESSION_COLUMNS.forEach((column, index)=>{
const cell = row.children[index];
if (cell instanceof HTMLElement) setText(cell, cells[column]);
});
row.dataset["state"] = session.state;
}
