/** Parses Apex with the open-source grammar: syntax errors, and the names a file declares. */
import {
  ApexErrorListener,
  ApexParserBaseListener,
  ApexParserFactory,
  ApexParseTreeWalker,
} from '@apexdevtools/apex-parser';
import type {
  AnyIdContext,
  FormalParameterContext,
  IdContext,
  MethodDeclarationContext,
  PropertyDeclarationContext,
  VariableDeclaratorContext,
} from '@apexdevtools/apex-parser';

/** Something at a line of the file. */
export interface AtLine {
  readonly line: number;
  readonly text: string;
}

/** What a file is made of, as far as the checks need it. */
export interface ParsedApex {
  readonly syntaxErrors: readonly AtLine[];
  /** Variables, parameters, properties, methods. */
  readonly names: readonly AtLine[];
}

class ErrorCollector extends ApexErrorListener {
  readonly errors: AtLine[] = [];

  override apexSyntaxError(line: number, _column: number, message: string): void {
    this.errors.push({ line, text: message });
  }
}

class NameCollector extends ApexParserBaseListener {
  readonly names: AtLine[] = [];

  enterVariableDeclarator = (context: VariableDeclaratorContext): void => this.add(context.id());
  enterFormalParameter = (context: FormalParameterContext): void => this.add(context.id());
  enterPropertyDeclaration = (context: PropertyDeclarationContext): void => this.add(context.id());
  enterMethodDeclaration = (context: MethodDeclarationContext): void => this.add(context.id());

  private add(id: IdContext | AnyIdContext | null): void {
    if (id !== null) this.names.push({ line: id.start.line, text: id.getText() });
  }
}

/** Parses one class or trigger. */
export function parseApex(text: string, isTrigger: boolean): ParsedApex {
  const collector = new ErrorCollector();
  const { parser } = ApexParserFactory.createLexerAndParser(text, collector);
  const tree = isTrigger ? parser.triggerUnit() : parser.compilationUnit();
  if (collector.errors.length > 0) return { syntaxErrors: collector.errors, names: [] };
  const names = new NameCollector();
  ApexParseTreeWalker.DEFAULT.walk(names, tree);
  return { syntaxErrors: [], names: names.names };
}
