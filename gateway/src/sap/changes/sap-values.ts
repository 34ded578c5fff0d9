/** How this SAP writes its values: what is configured, and what its own customizing says where it may be read. */
import { toGatewayError } from '../../errors/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { usualDecimals } from '../conversion/amounts.ts';
import type { SapSettings } from '../sap-settings.ts';
import type { Customizing } from '../system/customizing.ts';
import { knownCurrencies, knownUnits } from './known-values.ts';
import type { ValueRules } from './translation.ts';

/** IDocs wait for it: where SAP is away, what is usual has to do. */
const patienceMs = 3_000;

type Sources = Pick<ValueRules, 'decimals' | 'areaCurrencies'> & { readonly units: ReadonlyMap<string, string> };

export class SapValues {
  readonly #settings: SapSettings;
  readonly #clock: Clock;
  readonly #customizing: Customizing;
  #made: { readonly from: Sources; readonly rules: ValueRules } | undefined;

  constructor(settings: SapSettings, clock: Clock, customizing: Customizing) {
    this.#settings = settings;
    this.#clock = clock;
    this.#customizing = customizing;
  }

  /** Made anew only where SAP says something else than before. */
  async rules(): Promise<ValueRules> {
    const from = await this.#ask();
    const known = this.#made;
    const isSame =
      known !== undefined &&
      known.from.decimals === from.decimals &&
      known.from.areaCurrencies === from.areaCurrencies &&
      known.from.units === from.units;
    if (isSame) return known.rules;
    const rules = rulesFrom(this.#settings, from);
    this.#made = { from, rules };
    return rules;
  }

  async #ask(): Promise<Sources> {
    const deadline = Deadline.in(this.#clock, patienceMs);
    try {
      const [decimals, areaCurrencies, units] = await Promise.all([
        this.#customizing.decimals(deadline),
        this.#customizing.areaCurrencies(deadline),
        this.#customizing.units(deadline),
      ]);
      return { decimals, areaCurrencies, units };
    } catch (thrown) {
      // A pause or a refused logon stops questions, not what SAP sends by itself.
      toGatewayError(thrown);
      return this.#made?.from ?? nothingAsked;
    }
  }
}

const nothingAsked: Sources = { decimals: usualDecimals, areaCurrencies: new Map(), units: new Map() };

function rulesFrom(settings: SapSettings, { decimals, areaCurrencies, units }: Sources): ValueRules {
  const { currencies = {}, units: ownUnits = [], addresses = 'debmas', realAmounts = [] } = settings.idocs ?? {};
  const own = Object.entries(currencies);
  const known = new Map([...decimals, ...own]);
  return {
    system: settings.system,
    language: settings.language,
    decimals: known,
    currencies: knownCurrencies(known.keys()),
    units: knownUnits([...units.keys(), ...units.values(), ...ownUnits]),
    areaCurrencies,
    creditControlAreas: settings.creditControlAreas ?? [],
    addressesFromCustomers: addresses === 'debmas',
    realAmounts: new Set(realAmounts),
  };
}
