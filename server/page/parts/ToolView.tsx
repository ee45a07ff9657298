import { useRead } from "../api/useRead.ts";
import { Ready } from "./Ready.tsx";
import { ResultView } from "./ResultView.tsx";
import { Source } from "./Source.tsx";

interface ToolViewProps {
  readonly tool: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
}

/** The result of a READ tool as it comes, and where it comes from. */
export function ToolView({ tool, args = {}, without = [] }: ToolViewProps) {
  const found = useRead<Readonly<Record<string, unknown>>>(tool, args);
  return (
    <Ready of={found}>
      {(result) => (
        <>
          <ResultView result={result} without={without} />
          <Source tool={tool} args={args} />
        </>
      )}
    </Ready>
  );
}
