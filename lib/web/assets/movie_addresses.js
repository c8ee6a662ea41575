// Made by `deno task page` from lib/page/; change it there.
export function movieAddresses(name, rtsp, page) {
const hostname = rtsp.hostname ?? new URL(page).hostname;
const host = hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
const path = moviePath(name);
const url = `${rtsp.scheme}://${host}:${rtsp.port}/${path}`;
const word = shellWord(url);
return [
{
label: "RTSP address",
text: url
},
{
label: "Our client",
text: `zoetrope-client ${word}`
},
{
label: "VLC",
text: `vlc ${word}`
},
{
label: "FFmpeg",
text: `ffplay ${word}`
},
{
label: "GStreamer",
text: `gst-launch-1.0 rtspsrc location=${word} ! rtpjpegdepay ! jpegdec ! ` + "videoconvert ! autovideosink"
},
{
label: "Preview for browsers",
text: `${page}/preview/${path}`
},
{
label: "Snapshot",
text: `${page}/snapshot/${path}.jpg`
}
];
}
export function moviePath(name) {
return name.split("/").map(encodeURIComponent).join("/");
}
function shellWord(text) {
return /^[\w:/.%[\]~-]+$/.test(text) && !text.includes("[") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
