import { assert, assertEquals } from "@std/assert";
import { parseClientOptions } from "../../lib/command_line/client_options.ts";
import { ClientSinks } from "../../lib/programs/client_sinks.ts";
import { withFolder } from "../files/temp_folder.ts";
import { labMovieFrames } from "../support/lab_movie.ts";

const [JPEG] = await labMovieFrames(new URL("../../media/movie.Mjpeg", import.meta.url));

Deno.test(
  "ClientSinks tells of a snapshot and a sheet whose names were taken while it played",
  withFolder(async (folder) => {
    const [snapshot, sheet] = [`${folder}/now.jpg`, `${folder}/sheet.png`];
    const parsed = parseClientOptions(
      ["rtsp://h/f", "--snapshot", snapshot, "--sheet", sheet],
      "1.0.0",
    );
    assert(parsed.kind === "options" && JPEG !== undefined);
    const problems: string[] = [];
    const sinks = await ClientSinks.open(parsed.sources[0].outputs, {
      problem: (sentence) => problems.push(sentence),
      picturesTaken: () => {},
      pipeEnded: () => {},
    });
    for (const path of [snapshot, sheet]) await Deno.writeTextFile(path, "mine");
    sinks.add({
      ...{ jpeg: JPEG, number: 1, sequence: 1, rtpTimestamp: 0, arrivalMs: 0, complete: true },
    }, "standard");
    const why = "it is there already (--force overwrites it)";
    const { notWritten, problem } = await sinks.close();
    assertEquals(problem, `Cannot write "${snapshot}": ${why}`);
    assertEquals([notWritten, problems], [0, [problem]]);
    assertEquals(await sinks.drawSheet(), `Cannot write "${sheet}": ${why}`);
    for (const path of [snapshot, sheet]) assertEquals(await Deno.readTextFile(path), "mine");
  }),
);
