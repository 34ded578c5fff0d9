/** The types of Salesforce's Metadata WSDL, read from the declarations of the npm package @salesforce/types. */
import ts from 'typescript';

/** One element that a type may hold. */
export interface WsdlField {
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

/** Everything the WSDL says: which elements a type has, and which words an enumeration. */
export interface WsdlTypes {
  readonly types: ReadonlyMap<string, ReadonlyMap<string, WsdlField>>;
  readonly enums: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Marked as required in the WSDL, absent from what Salesforce itself retrieves. */
const absentInPractice = new Set(['CustomPermission.isLicensed']);

/** Reads the declarations. */
export function readWsdlTypes(declarations: string): WsdlTypes {
  const source = ts.createSourceFile('metadata.d.ts', declarations, ts.ScriptTarget.Latest, false);
  const aliases = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type] as const),
  );
  const types = new Map<string, ReadonlyMap<string, WsdlField>>();
  const enums = new Map<string, ReadonlySet<string>>();
  for (const [name, type] of aliases) {
    const words = wordsOf(type);
    if (words === undefined) types.set(name, fieldsOf(name, type, aliases));
    else enums.set(name, words);
  }
  return { types, enums };
}

function wordsOf(type: ts.TypeNode): ReadonlySet<string> | undefined {
  const options = ts.isUnionTypeNode(type) ? type.types : [type];
  const words = options.flatMap((option) =>
    ts.isLiteralTypeNode(option) && ts.isStringLiteral(option.literal) ? [option.literal.text] : [],
  );
  return words.length > 0 && words.length === options.length ? new Set(words) : undefined;
}

/** Also those of the types it is made of: `PermissionSet = Metadata & { ... }`. */
function fieldsOf(
  owner: string,
  type: ts.TypeNode,
  aliases: ReadonlyMap<string, ts.TypeNode>,
): ReadonlyMap<string, WsdlField> {
  if (ts.isIntersectionTypeNode(type)) {
    return new Map(type.types.flatMap((part) => [...fieldsOf(owner, part, aliases)]));
  }
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    const target = aliases.get(type.typeName.text);
    return target === undefined ? new Map() : fieldsOf(type.typeName.text, target, aliases);
  }
  if (!ts.isTypeLiteralNode(type)) return new Map();
  return new Map(
    type.members.flatMap((member) => {
      if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name) || member.type === undefined) return [];
      return [[member.name.text, fieldOf(`${owner}.${member.name.text}`, member, member.type)] as const];
    }),
  );
}

function fieldOf(path: string, member: ts.PropertySignature, type: ts.TypeNode): WsdlField {
  const isList = ts.isArrayTypeNode(type);
  const isOptional = member.questionToken !== undefined || path === 'Metadata.fullName' || absentInPractice.has(path);
  return { type: typeName(isList ? type.elementType : type), isList, isRequired: !isList && !isOptional };
}

function typeName(type: ts.TypeNode): string {
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return type.typeName.text;
  return type.kind === ts.SyntaxKind.BooleanKeyword
    ? 'boolean'
    : type.kind === ts.SyntaxKind.NumberKeyword
      ? 'number'
      : 'string';
}
