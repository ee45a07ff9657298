/** The little of pdfmake that is used; it comes without types. */
declare module "pdfmake" {
  export type Content = string | readonly Content[] | { readonly [key: string]: unknown };
  interface Output {
    getBuffer(): Promise<Buffer>;
  }
  interface Pdfmake {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: { readonly [key: string]: unknown }): Output;
  }
  const pdfmake: Pdfmake;
  export default pdfmake;
}
