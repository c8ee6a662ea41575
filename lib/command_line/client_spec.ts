import { CLIENT_OPTION_TABLE } from "./client_option_table.ts";
import type { CommandLineSpec } from "./command_line_spec.ts";
import { CONVERT_OPTION_TABLE } from "./convert_option_table.ts";
import { PROBE_OPTION_TABLE } from "./probe_option_table.ts";

/**
 * All that the client takes on its command line.
 *
 * @param version As in deno.json.
 */
export function clientSpec(version: string): CommandLineSpec<typeof CLIENT_OPTION_TABLE> {
  return {
    program: "zoetrope-client",
    version,
    summary: "plays Motion-JPEG movies over RTSP and RTP, without a window unless asked for one",
    usage: [
      "HOST PORT RTP_PORT FILE [options]",
      "rtsp://HOST:PORT/FILE [URL...] [options]",
      "probe rtsp://HOST:PORT/FILE [options]",
      "convert IN OUT [options]",
    ],
    argumentHelp: [
      { name: "HOST PORT", help: "the server's address and TCP port" },
      { name: "RTP_PORT", help: "the UDP port for the frames; 0: any free one" },
      { name: "FILE", help: "the movie's name" },
      {
        name: "URL...",
        help: "more sources at the same time; files are named NAME-1.avi, folders DIR/1 and so on",
      },
    ],
    mostArguments: Infinity,
    commands: { convert: CONVERT_OPTION_TABLE, probe: PROBE_OPTION_TABLE },
    options: CLIENT_OPTION_TABLE,
    conflicts: [["trace", "quiet"], ["window", "script"]],
    needs: [
      ["open", "window"],
      ["segment", "record"],
      ["size", "thumbnails", "sheet"],
      ["columns", "sheet"],
      ["statsFormat", "stats"],
    ],
    examples: [
      {
        command: "zoetrope-client 127.0.0.1 8554 25000 movie.Mjpeg --dump out",
        help: "Play a movie as in the exercise, and keep its frames",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg --stats -",
        help: "Play the same by its URL, and print the statistics as JSON",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg \\\n" +
          "    --record out.avi --sheet sheet.png --every 1s --report report.html",
        help: "Record it, and make a sheet of pictures and a page with plots",
      },
      {
        command: "zoetrope-client rtsp://camera/live --reconnect --duration 8h \\\n" +
          "    --record day.avi --segment 10m",
        help: "Record for 8 hours, whatever the network does meanwhile",
      },
      {
        command: "zoetrope-client rtsp://127.0.0.1:8554/movie.Mjpeg \\\n" +
          '    --script "setup play wait:2 pause wait:1 play wait:2 teardown"',
        help: "Pause for a second after two seconds",
      },
      {
        command: "zoetrope-client rtsp://camera/door rtsp://camera/yard \\\n" +
          "    --thumbnails small --every 1s --reconnect --duration 8h",
        help: "Watch two sources: a small picture of each a second, into small/1 and small/2",
      },
      {
        command: "zoetrope-client convert holiday.avi holiday.Mjpeg",
        help: "Copy a movie into the exercise's framing (convert --help tells more)",
      },
      {
        command: "zoetrope-client probe rtsp://127.0.0.1:8554/movie.Mjpeg",
        help: "Show what the server is and offers, without playing",
      },
    ],
  };
}
