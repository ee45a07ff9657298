import { el } from "./dom.js";

const SCRIPTS = ["/vendor/vega.js", "/vendor/vega-lite.js", "/vendor/vega-embed.js"];
const MOST_ROWS = 50;
const dark = matchMedia("(prefers-color-scheme: dark)");
let loading = null;

/** The drawing library is large, so it is fetched with the first chart that comes into view. */
function library() {
  loading ??= SCRIPTS.reduce(
    (before, src) =>
      before.then(
        () =>
          new Promise((done, fail) => {
            document.head.append(
              el("script", { src, onload: done, onerror: () => fail(new Error(`${src} did not load`)) }),
            );
          }),
      ),
    Promise.resolve(),
  ).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      target.dispatchEvent(new Event("seen"));
    }
  },
  { rootMargin: "200px" },
);

/** A chart, drawn when it comes into view, with its rows as a table for whoever cannot or will not look at it. */
export function chartOf({ title, spec }) {
  const canvas = el("div", { class: "canvas" });
  const draw = () => render(canvas, spec);
  canvas.addEventListener("seen", () => {
    draw();
    dark.addEventListener("change", draw);
  });
  seen.observe(canvas);
  return el(
    "figure",
    { class: "chart", "aria-label": `Chart: ${title}` },
    el("figcaption", {}, title),
    canvas,
    rowsOf(spec),
  );
}

async function render(canvas, spec) {
  try {
    await library();
    const simple = !["facet", "hconcat", "vconcat", "concat", "repeat"].some((part) => part in spec);
    await globalThis.vegaEmbed(
      canvas,
      {
        ...(simple ? { width: "container", autosize: { type: "fit-x", contains: "padding" } } : {}),
        ...inked(spec),
        background: "transparent",
        config: { ...theme(), ...spec.config },
      },
      // It warns of every chart whose height follows from its rows; only errors are of interest.
      // Expressions are interpreted, not compiled: the page's policy forbids eval.
      {
        ast: true,
        logLevel: 1,
        renderer: "svg",
        actions: { export: true, source: false, compiled: false, editor: false },
      },
    );
  } catch {
    canvas.replaceChildren(
      el("p", { class: "note" }, "This chart could not be drawn; its rows are in the table below."),
    );
  }
}

/** Marks that are to stand out are "black" in a chart; on a dark page that is the colour of the text. */
function inked(spec) {
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
  return JSON.parse(JSON.stringify(spec), (key, value) => (key === "color" && value === "black" ? ink : value));
}

function theme() {
  const style = getComputedStyle(document.documentElement);
  const [ink, soft, line] = ["--ink", "--soft", "--line"].map((name) => style.getPropertyValue(name).trim());
  const font = style.getPropertyValue("--font").trim();
  return {
    font,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, domainColor: line, tickColor: line, gridColor: line, labelLimit: 170 },
    legend: { labelColor: soft, titleColor: soft, orient: "bottom", columns: 3 },
    title: { color: ink },
    header: { labelColor: soft, titleColor: soft },
    text: { color: ink },
    rule: { color: soft },
    mark: { color: style.getPropertyValue("--accent-mark").trim() },
    range: {
      category: ["1", "2", "3", "4", "5", "6", "7", "8"].map((n) => style.getPropertyValue(`--series-${n}`).trim()),
    },
  };
}

/** The chart's rows, as far as they are plain. */
function rowsOf(spec) {
  const values = spec.data?.values ?? spec.layer?.find((layer) => layer.data?.values)?.data.values;
  if (!Array.isArray(values) || !values.length) return null;
  const plain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value);
  const keys = Object.keys(values[0]).filter((key) => values.every((row) => plain(row[key] ?? null)));
  return el(
    "details",
    {},
    el("summary", {}, "Rows of the chart"),
    el(
      "div",
      { class: "table", role: "region", "aria-label": "Rows of the chart", tabindex: "0" },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, key.replaceAll("_", " "))))),
        el(
          "tbody",
          {},
          ...values
            .slice(0, MOST_ROWS)
            .map((row) => el("tr", {}, ...keys.map((key) => el("td", {}, String(row[key] ?? "–"))))),
        ),
      ),
    ),
  );
}
