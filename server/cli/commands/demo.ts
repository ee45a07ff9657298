import { makeDemoStore } from "../../demoStore.ts";
import type { Io } from "../command.ts";

export async function demo({
  db,
  today,
  json,
  io,
}: {
  db: string;
  today: string;
  json: boolean;
  io: Io;
}): Promise<void> {
  const made = await makeDemoStore({ db, today, onProgress: io.progress });
  io.out(json ? JSON.stringify({ store: db, ...made }) : `The demo market of ${today} is in ${db}.`);
}
