/** Currencies and units that are known without asking SAP; what a company has of its own is configured. */
import { usualDecimals } from '../conversion/amounts.ts';

/** ISO 4217 with its former ones, as the ICU tables of the runtime have them. */
export function knownCurrencies(own: Iterable<string>): ReadonlySet<string> {
  return new Set([...Intl.supportedValuesOf('currency'), ...usualDecimals.keys(), ...own]);
}

/**
 * Units that SAP delivers (T006): its own keys, and the ISO codes (UN/ECE Recommendation 20) that EDI messages carry for
 * them. General knowledge of SAP's customizing; T006 of the system counts where it may be read.
 */
const deliveredUnits =
  // Pieces, packages
  'ST PCE PC EA C62 NAR NMB PAA PR PAR KAR CT CAR KI CS CR BX BO DS CAN DZ DZN DR GRO GR GRO PAK PK PAL PF TU SET SA RO ' +
  'BL BAG SAC FLA FL VSE JE LE AU ROL PL TH MIL TS TSD HU PX STK BU BT EIM BE BJ FA BA CH BR KGV ' +
  // Mass
  'G GRM KG KGM KGS MG MGM TO TNE TON T TS DTN LB LBR OZ ONZ STN LTN UGM µG KTO KTN GKG ' +
  // Length, area, volume
  'M MTR CM CMT DM DMT MM MMT KM KMT µM IN INH FT FOT YD YRD MI SMI NM µM M2 MTK CM2 CMK MM2 MMK DM2 DMK KM2 KMK HA HAR ARE ACR ' +
  'FT2 FTK IN2 INK YD2 YDK MI2 MIK QML M3 MTQ CM3 CMQ CCM MMQ DM3 DMQ MM3 FT3 FTQ IN3 INQ YD3 YDQ L LTR ML MLT CL CLT DL DLT ' +
  'HL HLT µL GAL GLL GLI PT PTL PTI QT QTL QTI OZA OZI GLU ' +
  // Time, performance, work
  'H HUR STD MIN MIN S SEC TAG DAY D WCH WK WEE MON ANN JHR A YR JAH MIS MSE MS NS LE LEI E ' +
  'KW KWT W WTT MW MAW KWH MWH WH WHR VA KVA MVA KVW J JOU KJ KJO GJ HP PS ' +
  // Pressure, temperature, electricity, and the rest of physics
  'BAR MBR HPA PAL PA KPA KPA MPA CEL GC °C K KEL FAH °F V VLT MV KV KVT AMP MA KA OHM F N NEW KN HZ HTZ KHZ MHZ ' +
  'P PRO % P1 PPM M/S MTS KMH M/H GPH LPH KGH RPM UPM DEG GRD RAD LUM CD MOL KMO TES WEB H ' +
  // Information, money as a quantity
  'BIT BYT KB MB GB EUR USD';

/** Those SAP delivers, and a company's own. */
export function knownUnits(own: Iterable<string>): ReadonlySet<string> {
  return new Set([...deliveredUnits.split(' '), ...own]);
}
