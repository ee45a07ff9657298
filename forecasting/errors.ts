/** Everything that can be wrong with a call of this module. */
export type ForecastErrorCode =
  | "empty_panel"
  | "bad_shape"
  | "bad_index"
  | "bad_value"
  | "duplicate_row"
  | "unknown_driver"
  | "too_large"
  | "bad_spec"
  | "bad_model";

/** One clear sentence for a person, one code for a program. */
export class ForecastError extends Error {
  readonly code: ForecastErrorCode;

  constructor(code: ForecastErrorCode, message: string) {
    super(message);
    this.name = "ForecastError";
    this.code = code;
  }
}
