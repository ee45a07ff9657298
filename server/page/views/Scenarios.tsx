import { type FormEvent, useId, useState } from "react";
import { addDays } from "../../../data/common/dates.ts";
import { useRead } from "../api/useRead.ts";
import { useConversation } from "../app/conversation.tsx";
import type { Place } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Head } from "../parts/Head.tsx";
import { Ready } from "../parts/Ready.tsx";
import { ScrollBox } from "../parts/ScrollBox.tsx";
import { Source } from "../parts/Source.tsx";
import { type TextKey, t, termOf } from "../words/text.ts";
import { textOf } from "../words/values.ts";

interface Wish {
  readonly account: string;
  readonly brand: string;
  readonly start: string;
  readonly weeks: number;
  readonly discount: number;
  readonly support: string;
}
type Row = Readonly<Record<string, unknown>>;
const NOTICE_DAYS = 56;
const MOST = 4;

const argsOf = ({ account, brand, start, weeks, discount, support }: Wish) => ({
  account,
  products: [{ brand }],
  start,
  end: addDays(start, weeks * 7 - 1),
  mechanic: "tpr",
  discount,
  feature: support === "feature" || support === "both",
  display: support === "display" || support === "both",
});

/** Plans side by side, forecast on common draws; the better one becomes a draft. */
export function Scenarios(_: { readonly place: Place }) {
  const { accounts, brands, today } = useSession();
  const first: Wish = {
    account: accounts[0]?.name ?? "",
    brand: brands[0] ?? "",
    start: mondayAfter(addDays(today, NOTICE_DAYS)),
    weeks: 2,
    discount: 0.2,
    support: "display",
  };
  const [wishes, setWishes] = useState<readonly Wish[]>([first, { ...first, discount: 0.3 }]);
  const [asked, setAsked] = useState<readonly Wish[] | null>(null);
  const change = (at: number, part: Partial<Wish>): void =>
    setWishes(wishes.map((wish, i) => (i === at ? { ...wish, ...part } : wish)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(wishes);
  };
  return (
    <>
      <Head title={t("view.scenarios")} lead={t("scenarios.lead")} />
      <form onSubmit={submit}>
        <div className="scenarios">
          {wishes.map((wish, at) => (
            <WishForm
              // biome-ignore lint/suspicious/noArrayIndexKey: a plan is named by its place
              key={at}
              at={at}
              wish={wish}
              change={(part) => change(at, part)}
              remove={wishes.length > 2 ? () => setWishes(wishes.filter((_one, i) => i !== at)) : undefined}
            />
          ))}
        </div>
        <div className="actions">
          <button type="submit" className="approve">
            {t("scenarios.compare")}
          </button>
          {wishes.length < MOST && (
            <button type="button" className="quiet" onClick={() => setWishes([...wishes, wishes.at(-1) ?? first])}>
              {t("scenarios.add")}
            </button>
          )}
        </div>
      </form>
      {asked && <Compared wishes={asked} />}
    </>
  );
}

const mondayAfter = (day: string): string => addDays(day, (8 - (new Date(`${day}T00:00:00Z`).getUTCDay() || 7)) % 7);

interface WishFormProps {
  readonly at: number;
  readonly wish: Wish;
  readonly change: (part: Partial<Wish>) => void;
  readonly remove: (() => void) | undefined;
}

function WishForm({ at, wish, change, remove }: WishFormProps) {
  const { accounts, brands } = useSession();
  const id = useId();
  const field = (name: string, text: TextKey, input: React.ReactNode) => (
    <div className="field">
      <label htmlFor={`${id}${name}`}>{t(text)}</label>
      {input}
    </div>
  );
  return (
    <fieldset className="panel">
      <legend>{t("scenarios.plan", { n: at + 1 })}</legend>
      {field(
        "account",
        "label.account",
        <select id={`${id}account`} value={wish.account} onChange={(e) => change({ account: e.target.value })}>
          {accounts.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>,
      )}
      {field(
        "brand",
        "label.brand",
        <select id={`${id}brand`} value={wish.brand} onChange={(e) => change({ brand: e.target.value })}>
          {brands.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>,
      )}
      {field(
        "start",
        "label.start",
        <input
          id={`${id}start`}
          type="date"
          required
          value={wish.start}
          onChange={(e) => change({ start: e.target.value })}
        />,
      )}
      {field(
        "weeks",
        "label.weeks",
        <input
          id={`${id}weeks`}
          type="number"
          min={1}
          max={8}
          required
          value={wish.weeks}
          onChange={(e) => change({ weeks: Number(e.target.value) })}
        />,
      )}
      {field(
        "discount",
        "scenarios.discount",
        <input
          id={`${id}discount`}
          type="number"
          min={1}
          max={70}
          required
          value={Math.round(wish.discount * 100)}
          onChange={(e) => change({ discount: Number(e.target.value) / 100 })}
        />,
      )}
      {field(
        "support",
        "label.support",
        <select id={`${id}support`} value={wish.support} onChange={(e) => change({ support: e.target.value })}>
          {(["none", "feature", "display", "both"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`support.${kind}`)}
            </option>
          ))}
        </select>,
      )}
      {remove && (
        <button type="button" className="quiet" onClick={remove}>
          {t("scenarios.remove")}
        </button>
      )}
    </fieldset>
  );
}

interface Comparison {
  readonly currency: string;
  readonly ranked: readonly (Row & { readonly scenario: number; readonly retailer: Row })[];
}
/** The lines of the comparison. */
const LINES =
  "rank units baseline true_incremental spend net_profit net_roi probability_of_loss expected_regret retailer_margin retailer_extra_profit".split(
    " ",
  );

function Compared({ wishes }: { readonly wishes: readonly Wish[] }) {
  const args = { scenarios: wishes.map(argsOf) };
  const found = useRead<Comparison>("compare_scenarios", args);
  const { propose, busy } = useConversation();
  return (
    <Ready of={found}>
      {(comparison) => {
        const inOrder = wishes.map((_, at): Row => {
          const row = comparison.ranked.find(({ scenario }) => scenario === at + 1);
          return { ...row, retailer_margin: row?.retailer.margin, retailer_extra_profit: row?.retailer.extra_profit };
        });
        return (
          <>
            <ScrollBox name={t("scenarios.compared")} className="table wide-table">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("scenarios.measure")}</th>
                    {wishes.map((wish, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a plan is named by its place
                      <th key={at} scope="col" className="num">
                        {t("scenarios.plan", { n: at + 1 })}
                        <small>
                          {wish.brand}, {textOf("discount", wish.discount)}
                        </small>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {LINES.map((key) => (
                    <tr key={key}>
                      <th scope="row">{termOf("label", key)}</th>
                      {inOrder.map((row, at) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a plan is named by its place
                        <td key={at} className="num">
                          {textOf(key, row[key], { currency: comparison.currency, ...row })}
                        </td>
                      ))}
                    </tr>
                  ))}
                  <tr>
                    <th scope="row">{t("scenarios.next")}</th>
                    {wishes.map((wish, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a plan is named by its place
                      <td key={at} className="num">
                        <button
                          type="button"
                          className="quiet"
                          disabled={busy}
                          onClick={() =>
                            void propose({
                              tool: "create_promotion",
                              args: argsOf(wish),
                              text: t("scenarios.draftSaid", { n: at + 1, brand: wish.brand, account: wish.account }),
                            })
                          }
                        >
                          {t("scenarios.draft")}
                        </button>
                      </td>
                    ))}
                  </tr>
                </tbody>
              </table>
            </ScrollBox>
            <Source tool="compare_scenarios" args={{}} />
          </>
        );
      }}
    </Ready>
  );
}
