import type { MovieView } from "../web/movie_view.ts";
import type { ServerStatus } from "../web/server_status.ts";
import { byId, setText } from "./elements.ts";
import { KeyedList } from "./keyed_list.ts";
import { MovieCard } from "./movie_card.ts";

/** From so many movies on there is a field to search them. */
const MANY = 7;

/** The catalogue. */
export class MovieList {
  readonly #search = byId("movie-search", HTMLInputElement);
  readonly #note = byId("movie-note", HTMLElement);
  readonly #cards = new Map<HTMLElement, MovieCard>();
  readonly #list: KeyedList<MovieView>;
  #movies: readonly MovieView[] = [];

  constructor(rtsp: ServerStatus["rtsp"]) {
    this.#list = new KeyedList(byId("movies", HTMLElement), {
      key: ({ name }) => name,
      create: (movie) => {
        const card = new MovieCard(movie, rtsp);
        this.#cards.set(card.element, card);
        return card.element;
      },
      update: (element, movie) => this.#cards.get(element)?.update(movie),
      removed: (element) => {
        this.#cards.get(element)?.stop();
        this.#cards.delete(element);
      },
    });
    document.addEventListener("visibilitychange", () => {
      for (const card of this.#cards.values()) card.showPicture();
    });
    this.#search.addEventListener("input", () => this.show(this.#movies));
  }

  /** Shows these, or those of them that are searched for. */
  show(movies: readonly MovieView[]): void {
    this.#movies = movies;
    this.#search.hidden = movies.length < MANY;
    const wanted = this.#search.value.trim().toLowerCase();
    const shown = movies.filter(({ name }) => name.toLowerCase().includes(wanted));
    this.#list.show(shown);
    const note = movies.length === 0
      ? "The media folder has no movies."
      : shown.length < movies.length
      ? `${shown.length} of ${movies.length} movies`
      : "";
    setText(this.#note, note);
  }
}
