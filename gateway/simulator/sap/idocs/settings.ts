/** What is configured for IDocs: ports (WE21), partner profiles (WE20), message types and change pointers (BD50 to BD53). */
import { z } from 'zod';
import { codePages } from './code-page.ts';
import { messages } from './messages/index.ts';

const name10 = z.string().regex(/^[A-Z0-9_]{1,10}$/, 'at most ten capital letters, digits and _');
const codePage = z.enum(codePages).default('4110');

const httpPort = z.strictObject({
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/ }),
  contentType: z.enum(['text/xml', 'application/x-sap.idoc']).default('text/xml'),
  user: z.string().optional(),
  password: z.string().optional(),
  /** The document comes inside a SOAP envelope, and a SOAP answer is expected. */
  soap: z.boolean().default(false),
  /** icm/server_port timeouts are minutes; thirty seconds keep a laptop waiting long enough. */
  timeoutMs: z.int().min(1).default(30_000),
  codePage,
  /** Blank fields as empty elements. */
  emptyElements: z.boolean().default(false),
});
const filePort = z.strictObject({
  kind: z.literal('file'),
  folder: z.string().min(1),
  codePage,
  lineEnd: z.enum(['LF', 'CRLF']).default('LF'),
  trimBlanks: z.boolean().default(false),
  /** Segment definition by segment type, where a release has other versions. */
  definitions: z.record(z.string(), z.string().max(30)).default({}),
});
const port = z.discriminatedUnion('kind', [httpPort, filePort]);
export type HttpPortSettings = z.infer<typeof httpPort>;
export type FilePortSettings = z.infer<typeof filePort>;
export type PortSettings = z.infer<typeof port>;

const extension = z.strictObject({
  /** CIMTYP, which becomes the root of the document. */
  name: z.string().regex(/^[A-Z0-9_]{1,30}$/),
  segment: z.string().regex(/^Z1[A-Z0-9_]{1,25}$/),
  /** Every segment of this type gets one. */
  under: z.string(),
  /** Fields with their value; each is as long as its value. */
  fields: z.record(z.string(), z.string()),
});
export type Extension = z.infer<typeof extension>;

const fieldList = z.union([z.literal('*'), z.array(z.string())]);

const messageType = z.strictObject({
  /** False: no change pointers, no output. */
  active: z.boolean().default(true),
  /** Of a reduced message type (BD53): the one it was made from. */
  reference: z.enum(Object.keys(messages)).optional(),
  /** Another version: DEBMAS06, MATMAS03. */
  basicType: z.string().max(30).optional(),
  extension: extension.optional(),
  code: z.string().max(3).optional(),
  function: z.string().max(3).optional(),
  /** The first port unless given. */
  port: z.string().optional(),
  receiver: name10.optional(),
  /** LS is a logical system, KU a customer; a partner profile has one of them. */
  receiverType: z.enum(['LS', 'KU']).default('LS'),
  /** Output mode 2 or 4: each by itself, or all that is ready at the next RSEOUT00. */
  output: z.enum(['immediately', 'collect']).default('immediately'),
  packetSize: z.int().min(1).max(100_000).default(1),
  /** Relevant fields by table (BD52); `*` for all, `KEY` for rows that come and go. */
  changePointers: z.record(z.string(), fieldList).optional(),
  /** Only these segments and fields (BD53); keys of a segment are always there. */
  reduced: z.record(z.string(), fieldList).optional(),
  /** How a reduced message shows a field that it does not send. */
  notSent: z.enum(['omit', 'slash']).default('omit'),
  /** Of documents: when output control sends them. */
  events: z.array(z.enum(['creation', 'change', 'goods-issue'])).optional(),
  /** Of customers: whether credit segments travel along. */
  credit: z.boolean().default(true),
});
export type MessageTypeSettings = z.infer<typeof messageType>;

/** The name of the receiving logical system where nothing else is said. */
const defaultReceiver = 'GANGWAY';

export const idocSettings = z
  .strictObject({
    ports: z.record(name10, port).refine((ports) => Object.keys(ports).length > 0, 'at least one port'),
    messageTypes: z.record(z.string().regex(/^[A-Z0-9_/]{1,30}$/), messageType).default({}),
    receiver: name10.default(defaultReceiver),
    /** RBDMIDOC, then RSEOUT00, every so often; on demand only unless given. */
    jobIntervalMs: z.int().min(10).optional(),
    /** The job sends again what ended with status 02. */
    resendByJob: z.boolean().default(false),
    /** `seconds`: fourteen digits of local time; `fine`: twenty digits in UTC, as newer releases write. */
    serial: z.enum(['seconds', 'fine']).default('seconds'),
    /** Sent IDocs beyond so many are archived: their content is gone. A laptop holds these with ease. */
    keep: z.int().min(1).max(1_000_000).default(10_000),
  })
  .superRefine(({ ports, messageTypes }, context) => {
    for (const [name, type] of Object.entries(messageTypes)) {
      if (messages[type.reference ?? name] === undefined)
        context.addIssue({
          code: 'custom',
          path: ['messageTypes', name],
          message: 'unknown; a reduced one needs a reference',
        });
      if (type.port !== undefined && ports[type.port] === undefined)
        context.addIssue({
          code: 'custom',
          path: ['messageTypes', name, 'port'],
          message: `there is no port ${type.port}`,
        });
    }
  });
export type IdocSettings = z.infer<typeof idocSettings>;
/** Settings as one writes them: what has a default may be left out. */
export type IdocOptions = z.input<typeof idocSettings>;
