/** IDocs: read from XML and flat files in a stream, checked, as segments with raw text. */
export type { ByteChunks } from './blocks.ts';
export type { ControlField, IdocControl } from './control-record.ts';
export type { IdocExpectations } from './expectations.ts';
export { dateOf, decimalOf, readDate, readDecimal, textOf, timeOf } from './field-values.ts';
export type { FieldName } from './field-values.ts';
export { readFlatIdocs } from './flat/read-flat-idocs.ts';
export type { FlatIdocOptions } from './flat/read-flat-idocs.ts';
export { shippedLayouts, withCustomerLayouts } from './flat/segment-layouts.ts';
export type { SegmentLayouts } from './flat/segment-layouts.ts';
export type { Idoc, IdocResult, IdocSegment, RefusedIdoc } from './idoc.ts';
export { defaultIdocLimits } from './limits.ts';
export type { IdocLimits } from './limits.ts';
export { readXmlIdocs } from './xml/read-xml-idocs.ts';
export type { XmlIdocOptions } from './xml/read-xml-idocs.ts';
