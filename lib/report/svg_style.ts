/** The colours of a report, each as CSS has it: `#2563eb`, or `var(--blue)` inside of a page. */
export interface ReportColours {
  readonly paper: string;
  readonly ink: string;
  /** Of labels and less important text. */
  readonly pale: string;
  readonly grid: string;
  readonly blue: string;
  readonly green: string;
  readonly red: string;
  readonly amber: string;
  readonly violet: string;
  readonly teal: string;
}

/** The colours of series. */
export type SeriesColour = Exclude<keyof ReportColours, "paper" | "ink" | "pale" | "grid">;

/** How text stands in a picture. */
export interface TextPlace {
  readonly x: number;
  /** Of the foot of its capitals. */
  readonly y: number;
  /** In pixels. */
  readonly size: number;
  readonly colour: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
}

/** How an SVG picture is written: for a page, or for a renderer that knows no fonts and no page. */
export interface SvgStyle {
  readonly colours: ReportColours;
  text(content: string, place: TextPlace): string;
}
