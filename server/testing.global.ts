import { ensurePage } from "./pageBundle.ts";

/** The page as the tests serve it: built where it is missing or older than its sources. */
export default (): Promise<void> => ensurePage();
