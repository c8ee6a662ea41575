// Made by `deno task page` from lib/page/; change it there.
import { byId, setText } from "./elements.js";
import { KeyedList } from "./keyed_list.js";
import { MovieCard } from "./movie_card.js";
const MANY = 7;
export class MovieList {
#search = byId("movie-search", HTMLInputElement);
#note = byId("movie-note", HTMLElement);
#cards = new Map();
#list;
#movies = [];
constructor(rtsp){
this.#list = new KeyedList(byId("movies", HTMLElement), {
key: ({ name })=>name,
create: (movie)=>{
const card = new MovieCard(movie, rtsp);
this.#cards.set(card.element, card);
return card.element;
},
update: (element, movie)=>this.#cards.get(element)?.update(movie),
removed: (element)=>{
this.#cards.get(element)?.stop();
this.#cards.delete(element);
}
});
document.addEventListener("visibilitychange", ()=>{
for (const card of this.#cards.values())card.showPicture();
});
this.#search.addEventListener("input", ()=>this.show(this.#movies));
}
show(movies) {
this.#movies = movies;
this.#search.hidden = movies.length < MANY;
const wanted = this.#search.value.trim().toLowerCase();
const shown = movies.filter(({ name })=>name.toLowerCase().includes(wanted));
this.#list.show(shown);
const note = movies.length === 0 ? "The media folder has no movies." : shown.length < movies.length ? `${shown.length} of ${movies.length} movies` : "";
setText(this.#note, note);
}
}
