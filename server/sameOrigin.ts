import type { MiddlewareHandler } from "hono";
import { KamError } from "../data/common/errors.ts";

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])(:\d+)?$/i;

/**
 * In local mode there is no login, so a page of another site must not reach the agent through the person's browser:
 * the Origin, where a browser sends one, is this server's, and the Host is a local name. A page that only reads sends no
 * Origin to the name that it was loaded from, which its owner may point at this machine (DNS rebinding), so without one the
 * Host is a local name or an address.
 */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  const host = c.req.header("host") ?? "";
  const origin = c.req.header("origin");
  if (origin && hostOf(origin) !== host)
    throw new KamError("no_right", "Requests from pages of other sites are refused.");
  if (origin ? !LOCAL.test(host) : host && !LOCAL.test(host) && !ADDRESS.test(host))
    throw new KamError("no_right", "Without a login this server answers browsers on this machine only.");
  await next();
};

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
