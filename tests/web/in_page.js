// What the tests run inside of a page: sent there as text, so that each stands alone. Not TypeScript,
// because the tests know no documents.

/**
 * How light the pixels of a picture are, scaled to this size, row by row.
 *
 * @param {any} image
 * @param {readonly [number, number]} size
 * @returns {number[]}
 */
export function lumaOf(image, [width, height]) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, pixel) => data[pixel * 4 + 1]);
}

/**
 * What the player shows: the number of its frame, how light the pixels are, scaled to this size, and the
 * place in the movie.
 *
 * @param {any} canvas
 * @param {readonly [number, number]} size
 * @returns {{ number: number, luma: number[], place: number }}
 */
export function shownFrame(canvas, [width, height]) {
  const small = document.createElement("canvas");
  Object.assign(small, { width, height });
  const context = small.getContext("2d");
  context.drawImage(canvas, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const luma = Array.from({ length: width * height }, (_, pixel) => data[pixel * 4 + 1]);
  const place = document.querySelector("#seek-bar").valueAsNumber;
  return { number: Number(canvas.dataset.frame), luma, place };
}

/**
 * Whether a picture has been loaded from an address with this in it.
 *
 * @param {readonly [string, string]} which A selector, and the part of the address.
 * @returns {boolean}
 */
export function isLoaded([selector, part]) {
  const image = document.querySelector(selector);
  return image?.src.includes(part) === true && image.naturalWidth > 0;
}

/**
 * The beginning of each element that reaches over the left or right edge.
 *
 * @returns {string[]}
 */
export function elementsOverTheEdge() {
  return [...document.querySelectorAll("body *")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    const isHidden = element.closest(".visually-hidden, .skip, thead, dialog") !== null;
    return !isHidden && width > 0 && (left < -1 || right > innerWidth + 1);
  }).map((element) => element.outerHTML.slice(0, 80));
}

/**
 * A computed style of an element.
 *
 * @param {any} element
 * @param {string} name
 * @returns {string}
 */
export function styleOf(element, name) {
  return getComputedStyle(element).getPropertyValue(name);
}

/**
 * Tries to read sessions, to end one, and to show a picture of a server that is not the page's own.
 *
 * @param {readonly [string, string]} which The server's address, and the session.
 * @returns {Promise<string[]>}
 */
export async function meddle([base, session]) {
  const told = (work) => work.then((response) => response.type, () => "refused");
  const image = new Image();
  const shown = new Promise((resolve) => {
    image.onload = () => resolve("shown");
    image.onerror = () => resolve("refused");
  });
  image.src = `${base}snapshot/movie.Mjpeg.jpg`;
  return [
    await told(fetch(`${base}api/sessions`)),
    await told(fetch(`${base}api/sessions/${session}`, { method: "DELETE" })),
    await shown,
  ];
}

/**
 * Whether a WebSocket can be opened from this page.
 *
 * @param {string} url
 * @returns {Promise<string>}
 */
export function openSocket(url) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
  });
}

/**
 * Whether a canvas has a pixel of this colour.
 *
 * @param {readonly [string, readonly number[]]} which A selector, and red, green and blue.
 * @returns {boolean}
 */
export function hasColor([selector, [red, green, blue]]) {
  const canvas = document.querySelector(selector);
  if (canvas === null || canvas.width === 0) return false;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    const isIt = data[at] === red && data[at + 1] === green && data[at + 2] === blue;
    if (isIt && data[at + 3] === 255) return true;
  }
  return false;
}

/**
 * Whether each of these canvases is as wide as what it is in, and has this many pixels for each that
 * the style sheet gives it.
 *
 * @param {readonly [string, string, number]} which A selector, what they are in, and how many.
 * @returns {boolean}
 */
export function areFitted([selector, around, ratio]) {
  return [...document.querySelectorAll(selector)].every((canvas) => {
    const { width, height } = canvas.getBoundingClientRect();
    const isWide = canvas.closest(around).clientWidth === width;
    return isWide && canvas.width === width * ratio && canvas.height === height * ratio;
  });
}
