import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The page's bundle: `npm run build`, and the server where it is missing or older than its sources (server/pageBundle.ts). */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  // The same bundle whoever builds it: a test's NODE_ENV would bring React's development build.
  mode: "production",
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  oxc: { jsx: { development: false } },
  build: {
    outDir: fileURLToPath(new URL("../../dist/page", import.meta.url)),
    emptyOutDir: true,
    // What knows light-dark(), popovers and dialogs.
    target: ["chrome123", "firefox125", "safari17.5"],
    // The drawing library is one large piece by design, fetched with the first chart.
    chunkSizeWarningLimit: 1_500,
    reportCompressedSize: false,
    // A font or picture inlined as data would pass the page's policy by accident; everything is a file.
    assetsInlineLimit: 0,
  },
});
