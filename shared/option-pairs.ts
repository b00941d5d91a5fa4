/** How the options of a Dynamics column are paired with those of an ActiveCampaign field: by label, and as somebody has corrected it. */

/** `true` and `false` are the options of a two-options column. */
export type OptionValue = number | boolean;

export interface DynamicsOption<Value extends OptionValue = OptionValue> {
  readonly value: Value;
  readonly label: string;
}

/** One pair that is not to be made by label. */
export interface OptionCorrection {
  readonly dynamics: OptionValue;
  readonly activeCampaign: string;
}

export interface PairedOption<Value extends OptionValue = OptionValue> extends DynamicsOption<Value> {
  /** The option as ActiveCampaign writes it; null where it has none. */
  readonly activeCampaign: string | null;
  readonly corrected: boolean;
}

/** Options are the same without regard to case, white space at the ends and Unicode form. */
export const optionKey = (label: string): string => label.normalize('NFC').trim().toLowerCase();

/** @param offered the options of the ActiveCampaign field; null for a field that takes any text. */
export function pairOptions<Value extends OptionValue>(
  options: readonly DynamicsOption<Value>[],
  offered: readonly string[] | null,
  corrections: readonly OptionCorrection[],
): readonly PairedOption<Value>[] {
  const byKey = offered === null ? null : new Map([...offered].reverse().map((option) => [optionKey(option), option]));
  return options.map(({ value, label }) => {
    const correction = corrections.find(({ dynamics }) => dynamics === value);
    const wanted = correction?.activeCampaign ?? label;
    const found = byKey === null ? wanted.trim() : (byKey.get(optionKey(wanted)) ?? '');
    return { value, label, activeCampaign: found === '' ? null : found, corrected: correction !== undefined };
  });
}
