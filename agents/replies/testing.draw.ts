import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** It says this of every chart whose height follows from its rows. */
const HARMLESS = /Autosize "fit-x"|width "container"/;

/** For tests: draws a chart without a browser. @returns the drawing, and what the library warned of */
export async function draw(spec: Record<string, unknown>): Promise<{ svg: string; warnings: string[] }> {
  const warnings: string[] = [];
  const warn = (...said: readonly unknown[]) => {
    const line = said.join(" ");
    if (!HARMLESS.test(line)) warnings.push(line);
    return logger;
  };
  const logger = { level: () => logger, error: warn, warn, info: () => logger, debug: () => logger };
  const view = new View(parse(compile(spec as unknown as TopLevelSpec, { logger: logger as never }).spec), {
    renderer: "none",
    logger: logger as never,
  });
  await view.runAsync();
  const svg = await view.toSVG();
  view.finalize();
  return { svg, warnings };
}
