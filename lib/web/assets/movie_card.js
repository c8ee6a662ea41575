// Made by `deno task page` from lib/page/; change it there.
import { copyButton } from "./copy_button.js";
import { make, setText } from "./elements.js";
import { movieAddresses, moviePath } from "./movie_addresses.js";
import { movieFacts, thumbnailFrame } from "./movie_facts.js";
const THUMBNAIL_WIDTH = 480;
export class MovieCard {
element;
#name;
#picture = make("img", {
attributes: {
alt: "",
loading: "lazy"
}
});
#play = make("button", {
class: "small",
attributes: {
type: "button"
}
});
#facts = make("ul", {
class: "facts"
});
#problem = make("p", {
class: "problem"
});
#details = make("details");
#still = "";
#isPlaying = false;
constructor(movie, rtsp){
this.#name = movie.name;
const frame = make("div", {
class: "picture",
children: [
this.#picture
]
});
const name = make("h3", {
text: movie.name
});
const head = make("div", {
class: "card-head",
children: [
name,
this.#play
]
});
this.element = make("li", {
class: "card",
children: [
frame,
head,
this.#facts,
this.#problem,
this.#details
]
});
this.#play.addEventListener("click", ()=>this.#setPlaying(!this.#isPlaying));
this.#picture.addEventListener("error", ()=>this.#setPlaying(false));
this.#fillDetails(movieAddresses(movie.name, rtsp, location.origin));
this.#setPlaying(false);
}
update(movie) {
const facts = movieFacts(movie);
if (facts.join() !== [
...this.#facts.children
].map((item)=>item.textContent).join()) {
this.#facts.replaceChildren(...facts.map((text)=>make("li", {
text
})));
}
setText(this.#problem, movie.problem ?? "");
this.#problem.hidden = movie.problem === null;
this.#play.hidden = movie.content === null;
if (movie.content === null) return;
const number = thumbnailFrame(movie);
const query = `w=${THUMBNAIL_WIDTH}&v=${encodeURIComponent(movie.content.etag)}` + (number === 0 ? "" : `&n=${number}`);
const still = `/snapshot/${moviePath(movie.name)}.jpg?${query}`;
if (still === this.#still) return;
this.#still = still;
const { width, height } = movie.content;
this.#picture.width = width;
this.#picture.height = height;
this.showPicture();
}
stop() {
this.#setPlaying(false);
}
showPicture() {
const plays = this.#isPlaying && document.visibilityState !== "hidden";
const source = plays ? `/preview/${moviePath(this.#name)}` : this.#still;
if (source !== "" && this.#picture.getAttribute("src") !== source) this.#picture.src = source;
}
#setPlaying(isPlaying) {
this.#isPlaying = isPlaying;
this.element.classList.toggle("playing", isPlaying);
const hidden = make("span", {
class: "visually-hidden",
text: ` ${this.#name}`
});
this.#play.replaceChildren(isPlaying ? "Stop" : "Preview", hidden);
this.showPicture();
}
#fillDetails(addresses) {
const hidden = make("span", {
class: "visually-hidden",
text: ` of ${this.#name}`
});
const summary = make("summary", {
text: "Addresses"
});
summary.append(hidden);
const rows = addresses.flatMap(({ label, text })=>[
make("dt", {
text: label
}),
make("dd", {
children: [
make("code", {
text
}),
copyButton(`${label} of ${this.#name}`, ()=>text)
]
})
]);
this.#details.replaceChildren(summary, make("dl", {
class: "addresses",
children: rows
}));
}
}
